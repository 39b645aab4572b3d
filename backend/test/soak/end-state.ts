import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from '../faults/cluster.js';
import { metric } from '../support/process-figures.js';
import type { ProcessRecord, SessionRow } from './run-record.js';

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
