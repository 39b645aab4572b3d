import type { ProcessRecord, RunRecord, UsageRecord } from '../run-record.js';
import type { Violation, ViolationName } from './violation.js';

const UNFINISHED = ['PENDING', 'STREAMING', 'EXPIRED'];
const PROBLEMS: Readonly<Record<ProcessRecord['problem'], ViolationName>> = {
  died: 'process-died',
  'ended-badly': 'process-ended-badly',
  'left-something': 'process-left-something',
};

/**
 * What is promised of the run as a whole: everything ends, one key is one session, what was used is what was counted,
 * processes live and leave nothing.
 */
export function checkRun({ rows, usage, starts, processes, refusals }: RunRecord): Violation[] {
  const byKey = Map.groupBy(
    rows.filter(({ idempotencyKey }) => idempotencyKey !== null),
    ({ idempotencyKey }) => idempotencyKey,
  );
  return [
    ...rows.filter(({ sessionStatus }) => UNFINISHED.includes(sessionStatus)).map(neverEnded),
    ...[...byKey].flatMap(([key, same]) => twice(`${key}`, same)),
    ...starts.flatMap(({ key, sessionIds }) => twice(key, new Set(sessionIds))),
    ...usage.filter(isOff).map(off),
    ...processes.map(({ name, problem, detail }) => ({
      name: PROBLEMS[problem],
      detail: `${name}: ${detail}`,
    })),
    ...refusals.map((detail): Violation => ({ name: 'client-refused', detail })),
  ];
}

function neverEnded({ id, sessionStatus, attempts }: RunRecord['rows'][number]): Violation {
  return {
    name: 'never-ended',
    sessionId: id,
    detail: `${sessionStatus} in the end, after ${attempts} attempts`,
  };
}

function isOff({ counted, used, held }: UsageRecord): boolean {
  const settled = counted.messages === used.messages && counted.tokens === used.tokens;
  return !settled || held.replies !== 0 || held.tokens !== 0;
}

function off({ userId, ...figures }: UsageRecord): Violation {
  return { name: 'usage-off', detail: `${userId}: ${JSON.stringify(figures)}` };
}

function twice(key: string, found: readonly unknown[] | ReadonlySet<string>): Violation[] {
  const count = 'size' in found ? found.size : found.length;
  return count === 1 ? [] : [{ name: 'key-made-two-sessions', detail: `${key}: ${count} sessions` }];
}
