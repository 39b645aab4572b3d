import { Random } from './random.js';

/** How many of each kind a deck has; kills are half of it. */
const DECK = {
  'kill-worker': 8,
  'kill-api': 5,
  'restart-worker': 1,
  'restart-api': 1,
  'pause-worker': 3,
  'pause-api': 1,
  'cut-redis': 1,
  'restart-redis': 1,
  'empty-redis': 1,
  'refuse-redis': 1,
  'restart-postgres': 1,
  'provider-refuses': 1,
  'provider-cuts': 1,
  'provider-stalls': 1,
  'provider-garbles': 1,
} as const;

export type FaultKind = keyof typeof DECK;

export const FAULT_KINDS = Object.keys(DECK) as FaultKind[];

/** How long a fault lasts that is not over at once, in milliseconds: at least, at most. */
const DURATIONS: Partial<Record<FaultKind, readonly [number, number]>> = {
  'pause-worker': [1_000, 15_000],
  'pause-api': [500, 4_000],
  'refuse-redis': [1_000, 5_000],
  'provider-refuses': [1_000, 4_000],
};

/** One fault that is to come. */
export interface PlannedFault {
  /** After the load began. */
  readonly atMs: number;
  readonly kind: FaultKind;
  /** Which of those it may hit: a place among them, in [0, 1). */
  readonly target: number;
  readonly forMs: number;
}

interface PlanOptions {
  readonly seed: string;
  readonly durationMs: number;
  /** Between two faults, on average. */
  readonly intervalMs: number;
  /** Those that may come. */
  readonly kinds: readonly FaultKind[];
}

/** The faults of a soak, in order. The same options give the same plan. */
export function planFaults({ seed, durationMs, intervalMs, kinds }: PlanOptions): PlannedFault[] {
  const random = new Random(`${seed}/faults`);
  const deck = kinds.flatMap((kind) => Array<FaultKind>(DECK[kind]).fill(kind));
  if (deck.length === 0) return [];
  const faults: PlannedFault[] = [];
  let left: FaultKind[] = [];
  for (let atMs = intervalMs; atMs < durationMs; atMs += Math.round(random.between(0.5, 1.5) * intervalMs)) {
    if (left.length === 0) left = random.shuffled(deck);
    const kind = left.pop() as FaultKind;
    const [least, most] = DURATIONS[kind] ?? [0, 0];
    // Longer ones more often: a worker is replaced only after some ten seconds.
    const forMs = Math.round(least + Math.sqrt(random.next()) * (most - least));
    faults.push({ atMs, kind, target: random.next(), forMs });
  }
  return faults;
}
