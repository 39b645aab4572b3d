import type { Random } from './random.js';

/** What one user does before doing the next thing. */
export interface Story {
  readonly name: string;
  /** How many ask the same at once. */
  readonly askers: number;
  /** How many words the reply has, and how long they are. */
  readonly words: number;
  readonly wordLength: number;
  /** How many of the askers stop their reply, and how long they wait before. */
  readonly stoppers: number;
  readonly stopAfterMs: number;
  /** Whether each start is sent twice at the same time, with one idempotency key. */
  readonly twice: boolean;
  /** Whether another reply is asked for in the end. */
  readonly again: boolean;
}

/** Longer than anybody lets it talk. */
const ENDLESS = 4_000;

const PLAIN = { askers: 1, wordLength: 0, stoppers: 0, stopAfterMs: 0, twice: false, again: false };

type Sketch = (random: Random) => Omit<Story, 'name'>;

const SKETCHES: Readonly<Record<string, readonly [weight: number, sketch: Sketch]>> = {
  plain: [6, (random) => ({ ...PLAIN, words: 20 + random.below(100) })],
  shared: [3, (random) => ({ ...PLAIN, words: 20 + random.below(80), askers: 2 + random.below(3) })],
  'shared and stopped': [
    1,
    (random) => ({
      ...{ ...PLAIN, words: 80, askers: 3, stoppers: 1 },
      stopAfterMs: random.between(500, 3_000),
    }),
  ],
  regenerated: [2, (random) => ({ ...PLAIN, words: 10 + random.below(40), again: true })],
  'sent twice': [2, (random) => ({ ...PLAIN, words: 10 + random.below(60), twice: true })],
  stopped: [
    3,
    (random) => ({ ...PLAIN, words: ENDLESS, stoppers: 1, stopAfterMs: random.between(200, 6_000) }),
  ],
  'stopped at once': [1, () => ({ ...PLAIN, words: ENDLESS, stoppers: 1 })],
  flood: [0.3, () => ({ ...PLAIN, words: 350, wordLength: 8_192 })],
};

/** Draws the next story. */
export function nextStory(random: Random): Story {
  const all = Object.entries(SKETCHES);
  let place = random.next() * all.reduce((sum, [, [weight]]) => sum + weight, 0);
  for (const [name, [weight, sketch]] of all) {
    place -= weight;
    if (place < 0) return { name, ...sketch(random) };
  }
  throw new Error('no story');
}
