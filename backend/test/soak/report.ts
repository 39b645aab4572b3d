import { eventsOf } from './checker/reading.js';
import type { Violation } from './checker/violation.js';
import type { ReaderTrace, RunRecord } from './run-record.js';

/** So many violations are told with everything that is known. */
const TOLD_IN_FULL = 10;
const EVENTS_TOLD = 12;
const FAULTS_AROUND_MS = 15_000;

/** The run in one table. */
export function summaryOf(record: RunRecord, violations: readonly Violation[], seed: string): string {
  const { sessions, rows, calls, faults } = record;
  const readers = sessions.flatMap((session) => session.readers);
  const restarts = rows.reduce((sum, { attempts }) => sum + Math.max(0, attempts - 1), 0);
  const kills = faults.filter(({ kind }) => kind.startsWith('kill-')).length;
  const table: readonly (readonly [string, string | number])[] = [
    ['seed', seed],
    ['sessions', `${rows.length}: ${counted(rows.map(({ status, errorCode }) => errorCode ?? status))}`],
    ['stories', counted(sessions.map(({ story }) => story))],
    ['readers', `${readers.length}: ${counted(readers.map(({ kind }) => kind))}`],
    ['events told', readers.reduce((sum, reader) => sum + eventsOf(reader).length, 0)],
    ['resumes', readers.flatMap((r) => r.connections).filter(({ after }) => after > 0).length],
    ['restarts', restarts],
    ['provider calls', `${calls.length}: ${counted(calls.map(({ outcome }) => outcome))}`],
    ['kills', kills],
    ['faults', `${faults.length}: ${counted(faults.map(({ kind }) => kind))}`],
    ['faults not had', faults.filter(({ target }) => target.startsWith('failed')).length],
    [
      'violations',
      `${violations.length}${violations.length > 0 ? `: ${counted(violations.map((v) => v.name))}` : ''}`,
    ],
  ];
  const width = Math.max(...table.map(([name]) => name.length));
  return table.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

/** Enough of each violation to look into it. */
export function detailsOf(record: RunRecord, violations: readonly Violation[]): string {
  const told = violations.slice(0, TOLD_IN_FULL).map((violation) => detailOf(record, violation));
  const others = violations
    .slice(TOLD_IN_FULL)
    .map(({ name, sessionId, detail }) => `${name} ${sessionId ?? ''} ${detail}`);
  return [...told, ...others].join('\n');
}

function detailOf(
  { sessions, rows, calls, faults }: RunRecord,
  { name, detail, sessionId }: Violation,
): string {
  const session = sessions.find(({ id }) => id === sessionId);
  const row = rows.find(({ id }) => id === sessionId);
  if (!session) return `\n${name} ${sessionId ?? ''}\n  ${detail}`;
  const ended = Math.max(...session.readers.map(({ endedMs = 0 }) => endedMs)) || Infinity;
  const near = faults.filter(
    ({ beganMs, endedMs = beganMs }) => beganMs < ended && endedMs > session.askedMs - FAULTS_AROUND_MS,
  );
  return [
    `\n${name} ${session.id}`,
    `  ${detail}`,
    `  ${session.story}, ${session.key}, asked at ${ms(session.askedMs)}, stop ${ms(session.stopAskedMs)}`,
    `  saved: ${row?.status} ${row?.errorCode ?? ''}, ${row?.attempts} attempts, ${row?.handovers} handed over`,
    ...calls
      .filter(({ prompt }) => prompt === session.prompt)
      .map(
        (c) =>
          `  call ${c.number} by ${c.caller || '?'}: ${ms(c.beganMs)} to ${ms(c.endedMs)}, ${c.outcome}, ${c.text.length} characters`,
      ),
    ...session.readers.flatMap((trace, index) => traceOf(trace, index)),
    ...near.map(
      ({ kind, target, beganMs, endedMs }) => `  fault ${kind} (${target}): ${ms(beganMs)} to ${ms(endedMs)}`,
    ),
  ].join('\n');
}

function traceOf({ kind, connections, endedMs }: ReaderTrace, index: number): string[] {
  return [
    `  reader ${index} (${kind}), ended at ${ms(endedMs)}`,
    ...connections.map(({ url, after, openedMs, events, ended }) => {
      const last = events
        .slice(-EVENTS_TOLD)
        .map(({ __typename, sequence }) => `${__typename.replace('Event', '')} ${sequence}`);
      return `    ${ms(openedMs)} ${url} after ${after}: ${events.length} events, ${ended}; last: ${last.join(', ')}`;
    }),
  ];
}

function ms(time: number | undefined): string {
  return time === undefined ? '-' : `${Math.round(time)} ms`;
}

/** How often each comes, most often first. */
function counted(names: readonly string[]): string {
  const groups = [...Map.groupBy(names, (name) => name)].sort(([, a], [, b]) => b.length - a.length);
  return groups.map(([name, all]) => `${all.length} ${name}`).join(', ');
}
