/** Repeatable chance: the same seed, the same numbers (https://en.wikipedia.org/wiki/Linear_congruential_generator). */
export class Chance {
  constructor(private seed: number) {}

  /** A whole number from 0 to `below` − 1. */
  below(below: number): number {
    this.seed = (Math.imul(this.seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.seed / 2 ** 32) * below);
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

const FIELDS: Record<string, readonly string[]> = {
  MessageEvent: ['sequence'],
  TokenEvent: ['sequence', 'content'],
  ReasoningEvent: ['sequence', 'content'],
  RestartEvent: ['sequence', 'attempt', 'reason'],
  ErrorEvent: ['sequence', 'code', 'message', 'retryable', 'retryAfterMs'],
  DoneEvent: ['sequence', 'message { id content }', 'message { status }'],
};
const TYPES = Object.keys(FIELDS);
/** Few, so that fields meet; those that other fields have for a name are the rarer, as they collide. */
const ALIASES = ['', '', '', '', '', '', 'a_: ', 'b_: '];
const AWKWARD_ALIASES = ['sequence: ', 'content: ', '_1: '];
const DIRECTIVES = [
  '',
  '',
  '',
  '',
  '@include(if: $x)',
  '@skip(if: $y)',
  '@include(if: true)',
  '@skip(if: true)',
];
/** Of named fragments, each of which may use those after it. */
const FRAGMENTS = 4;

/**
 * A subscription of any shape: fields, aliases, fragments in fragments, directives. Not every one is valid, as its
 * aliases may collide.
 */
export function randomSubscription(chance: Chance): string {
  const types = Array.from({ length: FRAGMENTS }, () => chance.of(TYPES));
  const fragments = types.map(
    (type, i) => `fragment F${i} on ${type} { ${selections(chance, type, 2, types, i + 1)} }`,
  );
  return `subscription ($x: Boolean! = true, $y: Boolean = false) {
    ${chance.of(['', 'events: '])}messageTokens(sessionId: "s") { ${selections(chance, 'MessageEvent', 3, types, 0)} }
    } ${fragments.join('\n')}`;
}

function selections(chance: Chance, type: string, depth: number, types: string[], from: number): string {
  const count = 1 + chance.below(4);
  return Array.from({ length: count }, () => selection(chance, type, depth, types, from)).join(' ');
}

function selection(chance: Chance, type: string, depth: number, types: string[], from: number): string {
  const directives = chance.of(DIRECTIVES);
  const kind = chance.below(depth > 0 ? 6 : 3);
  if (kind < 3) return field(chance, type, directives);
  if (kind === 3) {
    const usable = types.flatMap((other, i) => (i >= from && overlap(type, other) ? [i] : []));
    if (usable.length > 0) return `...F${chance.of(usable)} ${directives}`;
  }
  const on = chance.of(type === 'MessageEvent' ? ['', ...TYPES] : ['', 'MessageEvent', type]);
  return `... ${on && `on ${on}`} ${directives} { ${selections(chance, on || type, depth - 1, types, from)} }`;
}

function overlap(one: string, other: string): boolean {
  return one === other || one === 'MessageEvent' || other === 'MessageEvent';
}

function field(chance: Chance, type: string, directives: string): string {
  const name = chance.of(['__typename', ...(FIELDS[type] ?? [])]);
  const [first = '', ...below] = name.split(' ');
  // An alias of the field's own, so that the same one is never asked for two different fields.
  const alias =
    chance.below(12) === 0 ? chance.of(AWKWARD_ALIASES) : chance.of(ALIASES).replace(':', `${first}:`);
  return `${alias}${first} ${directives} ${below.join(' ')}`;
}
