import type { ProcessRecord, RunRecord } from '../run-record.js';
import type { Violation, ViolationName } from './violation.js';

const UNFINISHED = ['PENDING', 'STREAMING', 'EXPIRED'];
const PROBLEMS: Readonly<Record<ProcessRecord['problem'], ViolationName>> = {
  died: 'process-died',
  'ended-badly': 'process-ended-badly',
  'left-something': 'process-left-something',
};

/** What is promised of the run as a whole: everything ends, one key is one session, processes live and leave nothing. */
export function checkRun({ rows, starts, processes, refusals }: RunRecord): Violation[] {
  const byKey = Map.groupBy(
    rows.filter(({ idempotencyKey }) => idempotencyKey !== null),
    ({ idempotencyKey }) => idempotencyKey,
  );
  return [
    ...rows.filter(({ sessionStatus }) => UNFINISHED.includes(sessionStatus)).map(neverEnded),
    ...[...byKey].flatMap(([key, same]) => twice(`${key}`, same)),
    ...starts.flatMap(({ key, sessionIds }) => twice(key, new Set(sessionIds))),
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

function twice(key: string, found: readonly unknown[] | ReadonlySet<string>): Violation[] {
  const count = 'size' in found ? found.size : found.length;
  return count === 1 ? [] : [{ name: 'key-made-two-sessions', detail: `${key}: ${count} sessions` }];
}
