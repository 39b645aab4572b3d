import { once } from 'node:events';
import type { Response } from 'express';
import type { Response as SseResponse } from 'graphql-sse';
import type { ErrorCode } from '../errors/error-code.js';

/**
 * Sends what graphql-sse made of a request. A stream is read no faster than the client takes it. Refusals of the
 * protocol itself get a code, as every other error has one.
 */
export async function sendSse(res: Response, [body, init]: SseResponse): Promise<void> {
  res.writeHead(init.status, init.statusText, init.headers);
  if (!body || typeof body === 'string') {
    res.end(body && withCode(body));
    return;
  }
  const gone = new AbortController();
  res.once('close', () => {
    gone.abort();
    void body.return(undefined);
  });
  for await (const part of body) {
    if (!res.writable) break;
    if (!res.write(part)) await drained(res, gone.signal);
  }
  res.end();
}

async function drained(res: Response, gone: AbortSignal): Promise<void> {
  try {
    await once(res, 'drain', { signal: gone });
  } catch (error) {
    // The client left; the loop sees that the response is not writable any more.
    if (!gone.aborted) throw error;
  }
}

interface Refusal {
  readonly errors: readonly { readonly message: string }[];
}

function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && Array.isArray((answer as Partial<Refusal>).errors);
}

/** A text that is no refusal (the token of a reserved stream) stays as it is. */
function withCode(text: string): string {
  if (!text.startsWith('{')) return text;
  const answer: unknown = JSON.parse(text);
  if (!isRefusal(answer)) return text;
  const extensions = { code: 'VALIDATION_FAILED' satisfies ErrorCode, retryable: false };
  return JSON.stringify({ errors: answer.errors.map(({ message }) => ({ message, extensions })) });
}
