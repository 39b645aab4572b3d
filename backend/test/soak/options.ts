import { parseArgs } from 'node:util';
import { FAULT_KINDS, type FaultKind } from './fault-plan.js';

export const USAGE = `npm run soak -- [options]
  --minutes N          how long there is load (1)
  --seed TEXT          what the faults and the load are drawn from (drawn anew)
  --interval SECONDS   between two faults, on average (2.5)
  --users N            who chat at the same time (10)
  --rate N             words per second and reply of the provider (20)
  --apis N --workers N processes (2, 3)
  --settle SECONDS     in which everything has to end after the load (90)
  --faults LIST        kinds of fault, of ${FAULT_KINDS.join(', ')}
  --break KIND         break a promise on purpose: drop-event, repeat-event or skip-fencing
  --plan               print the faults that the seed leads to, and end`;

export const BREAKS = ['drop-event', 'repeat-event', 'skip-fencing'] as const;
export type Break = (typeof BREAKS)[number];

export interface SoakOptions {
  readonly seed: string;
  readonly durationMs: number;
  readonly intervalMs: number;
  readonly kinds: readonly FaultKind[];
  readonly users: number;
  /** Words per second. */
  readonly rate: number;
  readonly apis: number;
  readonly workers: number;
  readonly settleMs: number;
  readonly break?: Break;
}

/** What the command line asks for. Throws with a sentence where it asks for what there is not. */
export function parseOptions(args: readonly string[]): SoakOptions & { plan: boolean; help: boolean } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '1' },
      seed: { type: 'string', default: `${Math.floor(Math.random() * 1e6)}` },
      interval: { type: 'string', default: '2.5' },
      users: { type: 'string', default: '10' },
      rate: { type: 'string', default: '20' },
      apis: { type: 'string', default: '2' },
      workers: { type: 'string', default: '3' },
      settle: { type: 'string', default: '90' },
      faults: { type: 'string', default: FAULT_KINDS.join() },
      break: { type: 'string' },
      plan: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    seed: values.seed,
    durationMs: positive('minutes', values.minutes) * 60_000,
    intervalMs: positive('interval', values.interval) * 1_000,
    kinds: values.faults
      .split(',')
      .filter(Boolean)
      .map((kind) => oneOf('faults', kind, FAULT_KINDS)),
    users: positive('users', values.users),
    rate: positive('rate', values.rate),
    apis: positive('apis', values.apis),
    workers: positive('workers', values.workers),
    settleMs: positive('settle', values.settle) * 1_000,
    ...(values.break !== undefined && { break: oneOf('break', values.break, BREAKS) }),
    plan: values.plan,
    help: values.help,
  };
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new Error(`--${name} ${value} is not a number above 0`);
  return number;
}

function oneOf<T extends string>(name: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (!found) throw new Error(`--${name} ${value} is none of ${known.join(', ')}`);
  return found;
}
