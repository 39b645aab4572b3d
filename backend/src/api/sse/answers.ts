import type { ExecutionResult } from 'graphql';
import type { Response as SseResponse, ResponseInit } from 'graphql-sse';
import type { ErrorCode } from '../../errors/error-code.js';
import { publicResult } from './results.js';

/** As graphql-sse begins its streams, but for `connection`: whether it is kept is the client's to say. */
export const STREAM: ResponseInit = {
  status: 200,
  statusText: 'OK',
  headers: {
    'cache-control': 'no-cache',
    'content-encoding': 'none',
    'content-type': 'text/event-stream; charset=utf-8',
  },
};
const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
const TEXT_HEADERS = { 'content-type': 'text/plain; charset=utf-8' };

/** The results will be in the stream that was reserved for them. */
export const ACCEPTED: SseResponse = [null, { status: 202, statusText: 'Accepted' }];
/** The operation was stopped before it had begun. */
export const NO_CONTENT: SseResponse = [null, { status: 204, statusText: 'No Content' }];
export const STOPPED: SseResponse = [null, { status: 200, statusText: 'OK' }];

export function created(token: string): SseResponse {
  return [token, { status: 201, statusText: 'Created', headers: TEXT_HEADERS }];
}

const REFUSALS = {
  VALIDATION_FAILED: { status: 400, statusText: 'Bad Request' },
  NOT_FOUND: { status: 404, statusText: 'Not Found' },
  CONFLICT: { status: 409, statusText: 'Conflict' },
} as const satisfies Partial<Record<ErrorCode, ResponseInit>>;

export function refused(code: keyof typeof REFUSALS, message: string): SseResponse {
  const errors = [{ message, extensions: { code, retryable: false } }];
  return [JSON.stringify({ errors }), { ...REFUSALS[code], headers: JSON_HEADERS }];
}

/** For a document that is not executed. */
export function refusedResult(result: ExecutionResult): SseResponse {
  return [JSON.stringify(publicResult(result)), { ...REFUSALS.VALIDATION_FAILED, headers: JSON_HEADERS }];
}
