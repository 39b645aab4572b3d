import type { ProviderCall, RunRecord, SessionRecord, SessionRow } from '../run-record.js';

/** One session with everything that was written down about it. */
export interface Case {
  readonly session: SessionRecord;
  readonly row: SessionRow | undefined;
  /** All sessions that asked the same, this one included: one may have followed another, into its failure too. */
  readonly same: readonly SessionRow[];
  /** Every call whose text it may have: its own, and those of whoever asked the same. */
  readonly calls: readonly ProviderCall[];
}

/** Brings together what belongs together. */
export function casesOf({ sessions, rows, calls }: RunRecord): Case[] {
  const rowsById = new Map(rows.map((row) => [row.id, row]));
  const rowsByPrompt = Map.groupBy(rows, ({ prompt }) => prompt);
  const callsByPrompt = Map.groupBy(calls, ({ prompt }) => prompt);
  return sessions.map((session) => ({
    session,
    row: rowsById.get(session.id),
    same: rowsByPrompt.get(session.prompt) ?? [],
    calls: (callsByPrompt.get(session.prompt) ?? []).filter(
      ({ beganMs }) => !session.fresh || beganMs >= session.askedMs,
    ),
  }));
}
