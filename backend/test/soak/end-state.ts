import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from '../faults/cluster.js';
import { metric } from '../support/process-figures.js';
import type { ProcessRecord, SessionRow, UsageRecord } from './run-record.js';

const INTERVAL_MS = 500;
const GAUGES = ['rivulet_open_streams', 'rivulet_running_replies'];

const ROWS = `SELECT s.id, s.status AS "sessionStatus", s.attempts, s.handovers, s."idempotencyKey",
  m.status, m.content, m."errorCode", u.content AS prompt
  FROM chat_sessions s JOIN messages m ON m.id = s."assistantMessageId" JOIN messages u ON u.id = s."userMessageId"`;

/** All sessions as PostgreSQL has them, once all have ended or `signal` aborts. */
export async function sessionRows(cluster: Cluster, signal: AbortSignal): Promise<SessionRow[]> {
  for (;;) {
    const rows = await cluster.query<SessionRow>(ROWS);
    const unfinished = rows.some(({ sessionStatus }) => ['PENDING', 'STREAMING'].includes(sessionStatus));
    if (!unfinished || signal.aborted) return rows;
    await delay(INTERVAL_MS);
  }
}

/** Those whose day has turned meanwhile are left out: their count began anew. */
const USAGE = `SELECT u."userId", json_build_object('messages', u.messages, 'tokens', u.tokens) AS counted,
  json_build_object('messages', count(*) FILTER (WHERE s.status IN ('COMPLETE', 'STOPPED')),
    'tokens', coalesce(sum(coalesce(m."inputTokens" + m."outputTokens",
      greatest(s."reservedTokens", (length(m.content) + coalesce(length(m.reasoning), 0)) / 4)))
      FILTER (WHERE s.status IN ('COMPLETE', 'STOPPED') AND NOT m."fromCache"), 0)) AS used,
  json_build_object('replies', u.running, 'tokens', u.reserved) AS held
  FROM usage u JOIN chat_sessions s ON s."userId" = u."userId" JOIN messages m ON m.id = s."assistantMessageId"
  GROUP BY u."userId" HAVING bool_and((s."createdAt" AT TIME ZONE 'UTC')::date = u.day)`;

/** What everybody has used, counted in two ways. */
export function usageRecords(cluster: Cluster): Promise<UsageRecord[]> {
  return cluster.query<UsageRecord>(USAGE);
}

/** Every process that still counts a stream or a reply when `signal` aborts. */
export async function leftovers(cluster: Cluster, signal: AbortSignal): Promise<ProcessRecord[]> {
  for (;;) {
    const found = await Promise.all(
      cluster.members.map(async ({ name, url }): Promise<ProcessRecord[]> => {
        const left = await gaugesOf(url);
        return left === '' ? [] : [{ name, problem: 'left-something', detail: left }];
      }),
    );
    if (found.flat().length === 0 || signal.aborted) return found.flat();
    await delay(INTERVAL_MS);
  }
}

/** The gauges above zero, in words. */
async function gaugesOf(url: string): Promise<string> {
  const values = await Promise.all(GAUGES.map(async (gauge) => `${gauge} is ${await metric(url, gauge)}`));
  return values.filter((told) => !told.endsWith(' is 0')).join(', ');
}
