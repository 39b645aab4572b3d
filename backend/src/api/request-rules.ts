import { MIMEType } from 'node:util';
import { HttpStatus } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { MAX_LENGTH } from './documents/document-limits.js';
import { RefusedRequest } from './refused-request.js';
import { opensReservedStream } from './sse/stream-request.js';

/** As GraphQL over HTTP has them (https://graphql.github.io/graphql-over-http/draft/#sec-Media-Types). */
const ANSWER_TYPES = ['application/json', 'application/graphql-response+json'];
/** Below /graphql. It has answers of its own. */
const STREAM = /^\/stream\/?$/i;

/**
 * For all below /graphql, before the body is read. Another site can have a browser send its user's cookies along, but
 * not with a JSON content type, nor with PUT or DELETE: for these the browser asks first, and is not allowed. So nothing
 * is executed without that type, nor for a GET with a cookie. What is not JSON in UTF-8 could not be read, and an answer
 * that would not be taken is not looked for.
 */
export function refuseBeforeReading(req: Request, res: Response, next: NextFunction): void {
  // What is answered here is for whoever asked, at this moment.
  res.setHeader('cache-control', 'no-store');
  const isStream = STREAM.test(req.path);
  // Whether that stream was reserved is asked where it is known.
  if (!(isStream && opensReservedStream(req))) refuseGetWithCookie(req, res);
  if (req.method === 'POST') {
    if (!isJson(req.headers['content-type'])) {
      throw new RefusedRequest('Send application/json in UTF-8.', HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    }
    // Whoever parses this header next shall not read another meaning into it.
    req.headers['content-type'] = 'application/json; charset=utf-8';
  }
  if (!isStream && answerType(req) === undefined) {
    throw new RefusedRequest(`Accept ${ANSWER_TYPES.join(' or ')}.`, HttpStatus.NOT_ACCEPTABLE);
  }
  next();
}

/** Browsers send cookies along with a GET from anywhere. */
export function refuseGetWithCookie(req: Request, res: Response): void {
  if (req.method !== 'GET' || req.headers.cookie === undefined) return;
  res.setHeader('allow', 'POST');
  throw new RefusedRequest(
    'Send a POST: with a cookie, nothing is done for a GET.',
    HttpStatus.METHOD_NOT_ALLOWED,
  );
}

/** For all below /graphql, once the body is read: one operation a request, and no document of any length. */
export function refuseOnceRead(req: Request, _res: Response, next: NextFunction): void {
  const body: unknown = req.body;
  if (Array.isArray(body)) throw new RefusedRequest('Send one operation a request.');
  const query = (body as { readonly query?: unknown } | undefined)?.query;
  if (typeof query === 'string' && query.length > MAX_LENGTH) {
    throw new RefusedRequest(`A document has ${MAX_LENGTH} characters at most: send texts as variables.`);
  }
  next();
}

/** What /graphql answers a request with; undefined where the client takes none of it. */
export function answerType(req: Request): string | undefined {
  return req.accepts(ANSWER_TYPES) || undefined;
}

function isJson(contentType = ''): boolean {
  // Nearly all say so, and need not be taken apart.
  if (contentType === 'application/json') return true;
  try {
    const { essence, params } = new MIMEType(contentType);
    return essence === 'application/json' && /^utf-8$/i.test(params.get('charset') ?? 'utf-8');
  } catch (error) {
    // It is none.
    if ((error as NodeJS.ErrnoException).code === 'ERR_INVALID_MIME_SYNTAX') return false;
    throw error;
  }
}
