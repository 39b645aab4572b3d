import { randomUUID } from 'node:crypto';
import { execute, type ExecutionArgs } from 'graphql';
import type { MessageEvent } from '../../streaming/message-event.js';

type TextEvent = Extract<MessageEvent, { readonly content: string }>;
type Slot = 'sequence' | 'content';

/**
 * The values of a trial event. They are found again in the JSON of its result, where nothing else can look like them:
 * all the rest is names, which have neither `:` nor `-`.
 */
const TRIAL = { sequence: 2_147_483_629, content: randomUUID() };
const PLACES = new RegExp(`((?<=":)${TRIAL.sequence}(?=[,}])|"${TRIAL.content}")`);

/** The JSON of a result up to a value of the event, and which value that is. */
interface Piece {
  readonly text: string;
  readonly slot?: Slot;
}

/**
 * What a subscription's document makes of the events of a reply's text, which are nearly all there are. graphql-js
 * executes it once, for a trial event; the events then put their values in the places of the trial's. So whatever
 * fields, fragments, aliases and directives the document has, the result is the one of graphql-js, letter by letter,
 * at the cost of joining a few strings.
 */
export class CompiledSelection {
  readonly #pieces: Record<TextEvent['type'], readonly Piece[] | undefined>;

  /** @param args as for `execute`; of the variables, those of directives must be the same for all who share this. */
  constructor(args: ExecutionArgs) {
    this.#pieces = { token: piecesOf(args, 'token'), reasoning: piecesOf(args, 'reasoning') };
  }

  /** The event's result as JSON; undefined where it has to be executed: other events, resolvers, errors. */
  json(event: unknown): string | undefined {
    if (!isText(event)) return undefined;
    const pieces = this.#pieces[event.type];
    if (!pieces) return undefined;
    let json = '';
    for (const { text, slot } of pieces) {
      json += text;
      if (slot === 'content') json += JSON.stringify(event.content);
      else if (slot === 'sequence') json += event.sequence;
    }
    return json;
  }
}

/** Whether this is an event of text with values that GraphQL's types let pass as they are. */
function isText(event: unknown): event is TextEvent {
  if (typeof event !== 'object' || event === null) return false;
  const { type, content, sequence } = event as Partial<TextEvent>;
  return (type === 'token' || type === 'reasoning') && typeof content === 'string' && isInt(sequence);
}

function isInt(value: unknown): boolean {
  return typeof value === 'number' && (value | 0) === value;
}

function piecesOf(args: ExecutionArgs, type: TextEvent['type']): readonly Piece[] | undefined {
  let onlyKnown = true;
  const trial = new Proxy<TextEvent>(
    { type, ...TRIAL },
    {
      get(event, name) {
        if (!(name in event) && name !== 'then') onlyKnown = false;
        return Reflect.get(event, name) as unknown;
      },
    },
  );
  const result = execute({ ...args, rootValue: trial });
  // A real event may have what this one lacks; and what is not there at once comes from a resolver, which may say
  // something else the next time.
  if (!onlyKnown || result instanceof Promise || result.errors) return undefined;
  const parts = JSON.stringify(result).split(PLACES);
  return parts.flatMap((text, place) => (place % 2 === 0 ? [{ text, slot: slotOf(parts[place + 1]) }] : []));
}

function slotOf(place: string | undefined): Slot | undefined {
  if (place === undefined) return undefined;
  return place.startsWith('"') ? 'content' : 'sequence';
}
