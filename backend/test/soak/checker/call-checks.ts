import type { FaultKind } from '../fault-plan.js';
import type { FaultRecord, ProviderCall, RunRecord } from '../run-record.js';
import { BROKEN } from './saved-checks.js';
import { casesOf, type Case } from './sessions.js';
import type { Violation } from './violation.js';

/** A call is tried so often in one attempt, where the provider refuses it. */
const CALLS_PER_ATTEMPT = 3;
/** After the end of a stopped reply: the longest pause of a worker, and a moment. */
const CLOSED_WITHIN_MS = 20_000;
/** Faults that may cost the lead without costing an attempt, and how long they may have an effect. */
const COSTS_LEAD: readonly FaultKind[] = [
  ...(['cut-redis', 'restart-redis', 'empty-redis', 'refuse-redis', 'pause-worker'] as const),
];
const EFFECT_MS = 10_000;

/** The provider is asked no more often than needed, and let go when nobody needs it any more. */
export function checkCalls(record: RunRecord): Violation[] {
  const groups = Map.groupBy(casesOf(record), ({ session }) => session.prompt);
  const attempts = Map.groupBy(record.rows, ({ prompt }) => prompt);
  const calls = Map.groupBy(record.calls, ({ prompt }) => prompt);
  return [
    ...record.calls.filter(({ endedMs }) => endedMs === undefined).map(leftOpen),
    ...[...calls].flatMap(([prompt, asked]) => {
      const made = (attempts.get(prompt) ?? []).reduce((sum, row) => sum + row.attempts, 0);
      return tooMany(asked, made);
    }),
    ...[...groups.values()].flatMap((group) => [...notShared(group, record.faults), ...notLetGo(group)]),
  ];
}

function leftOpen({ number, caller, prompt }: ProviderCall): Violation {
  return { name: 'call-left-open', detail: `call ${number} by ${caller} for “${prompt}”` };
}

function tooMany(calls: readonly ProviderCall[], attempts: number): Violation[] {
  const heard = calls.filter(({ outcome }) => !BROKEN.includes(outcome)).length;
  if (heard <= attempts && calls.length <= attempts * CALLS_PER_ATTEMPT) return [];
  const listed = calls.map(({ number, caller, outcome }) => `${number} ${caller} ${outcome}`).join(', ');
  const detail = `“${calls[0]?.prompt}”: ${attempts} attempts, calls ${listed}`;
  return [{ name: 'too-many-calls', detail }];
}

/** Where nothing happened that could cost the lead, whoever asks the same at once shares one call. */
function notShared(group: readonly Case[], faults: readonly FaultRecord[]): Violation[] {
  const undisturbed = group.every(
    ({ session, row }) => !session.fresh && row?.status === 'COMPLETE' && row.attempts === 1,
  );
  const began = Math.min(...group.map(({ session }) => session.askedMs));
  const ended = Math.max(...group.flatMap(({ session }) => session.readers.map((r) => r.endedMs ?? 0)));
  const calm = !faults.some(
    ({ kind, beganMs, endedMs = Infinity }) =>
      COSTS_LEAD.includes(kind) && beganMs < ended && endedMs + EFFECT_MS > began,
  );
  const heard = group[0]?.calls.filter(({ outcome }) => !BROKEN.includes(outcome)) ?? [];
  if (group.length < 2 || !undisturbed || !calm || heard.length <= 1) return [];
  const numbers = heard.map(({ number }) => number).join(', ');
  return [{ name: 'not-shared', detail: `${group.length} sessions had calls ${numbers}` }];
}

/** The call of a reply that was stopped is closed. */
function notLetGo(group: readonly Case[]): Violation[] {
  const [only] = group;
  if (group.length !== 1 || only?.row?.status !== 'STOPPED') return [];
  const told = Math.min(...only.session.readers.map(({ endedMs = Infinity }) => endedMs));
  return only.calls
    .filter(({ endedMs = Infinity }) => endedMs > told + CLOSED_WITHIN_MS)
    .map(({ number, caller, endedMs }) => ({
      name: 'call-left-open',
      sessionId: only.session.id,
      detail: `call ${number} by ${caller} went on to ${endedMs} ms, the stop was told at ${told} ms`,
    }));
}
