import type { Response as SseResponse } from 'graphql-sse';
import type { ErrorCode } from '../errors/error-code.js';
import type { Outlet } from './sse/outlet.js';

/** How long a client may take nothing of what waits for it. It can come back with its cursor. */
export const STUCK_AFTER_MS = 60_000;

/**
 * Sends what graphql-sse made of a request. A stream is read no faster than the client takes it. Refusals of the
 * protocol itself get a code, as every other error has one.
 */
export async function sendSse(
  outlet: Outlet,
  [body, init]: SseResponse,
  stuckAfterMs = STUCK_AFTER_MS,
): Promise<void> {
  const res = outlet.response;
  if (!body || typeof body === 'string') {
    res.writeHead(init.status, init.statusText, init.headers).end(body && withCode(body));
    return;
  }
  // The client may have left while its request was answered.
  if (res.destroyed) {
    await body.return(undefined);
    return;
  }
  outlet.open(init);
  // Nothing passes the socket for so long only if the client takes nothing: there is a ping every twelve seconds.
  res.setTimeout(stuckAfterMs, () => res.destroy());
  res.once('close', () => void body.return(undefined));
  for await (const part of body) {
    if (res.destroyed) break;
    if (!outlet.write(part)) await outlet.room;
  }
  // No ping may follow the end.
  await body.return(undefined);
  outlet.end();
}

interface Refusal {
  readonly errors: readonly { readonly message: string; readonly extensions?: object }[];
}

function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && Array.isArray((answer as Partial<Refusal>).errors);
}

/** A text that is no refusal (the token of a reserved stream) stays as it is, and so does an error that has one. */
function withCode(text: string): string {
  if (!text.startsWith('{')) return text;
  const answer: unknown = JSON.parse(text);
  if (!isRefusal(answer)) return text;
  const code: ErrorCode = 'VALIDATION_FAILED';
  return JSON.stringify({
    errors: answer.errors.map((error) => ({ extensions: { code, retryable: false }, ...error })),
  });
}
