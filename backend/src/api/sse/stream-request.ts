import type { Request } from 'express';
import { TOKEN_HEADER_KEY, TOKEN_QUERY_KEY } from 'graphql-sse';

/** The token of the reserved stream that a request is about, if any. */
export function streamToken(req: Request): string | undefined {
  const token = req.headers[TOKEN_HEADER_KEY] ?? req.query[TOKEN_QUERY_KEY];
  return typeof token === 'string' && token !== '' ? token : undefined;
}

/** Whether the request is answered by a stream; otherwise results go to the stream that was reserved for them. */
export function asksForStream(req: Request): boolean {
  return req.headers.accept === 'text/event-stream';
}

/** The operation that a request to end one names. */
export function operationId(req: Request): string | undefined {
  const id = req.query['operationId'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** Whether the request comes for a stream that was reserved. Then it has no operation of its own. */
export function opensReservedStream(req: Request): boolean {
  return req.method === 'GET' && asksForStream(req) && streamToken(req) !== undefined;
}
