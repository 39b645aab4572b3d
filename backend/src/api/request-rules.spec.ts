import { describe, expect, it, jest } from '@jest/globals';
import express, { type Request, type Response } from 'express';
import { RefusedRequest } from './refused-request.js';
import { refuseBeforeReading, refuseOnceRead } from './request-rules.js';

const app = express();

/** As Express hands on what comes below /graphql. */
function request(method: string, headers: Record<string, string>, path = '/'): Request {
  return Object.assign(Object.create(app.request) as Request, { method, headers, url: path });
}

const response = { setHeader: () => undefined } as unknown as Response;

/** The status that the request is refused with; undefined where it goes on. */
function refusal(req: Request): number | undefined {
  const next = jest.fn();
  try {
    refuseBeforeReading(req, response, next);
  } catch (error) {
    expect(next).not.toHaveBeenCalled();
    return (error as RefusedRequest).getStatus();
  }
  expect(next).toHaveBeenCalledWith();
  return undefined;
}

describe(refuseBeforeReading.name, () => {
  it.each([
    ['application/json', undefined],
    ['Application/JSON ; Charset=UTF-8', undefined],
    ['application/json; charset=utf-16', 415],
    ['text/plain', 415],
    ['', 415],
  ])('reads JSON in UTF-8 alone: %s', (type, status) => {
    expect(refusal(request('POST', { 'content-type': type }))).toBe(status);
  });

  it('leaves one meaning to a content type', () => {
    const req = request('POST', { 'content-type': 'application/json; charset=utf-8; charset=utf-16' });
    refuseBeforeReading(req, response, () => undefined);
    expect(req.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('lets nobody with a cookie come by GET, but for the stream that they reserved', () => {
    const headers = { cookie: 'any=thing', accept: 'text/event-stream' };
    expect(refusal(request('GET', headers, '/stream'))).toBe(405);
    expect(refusal(request('GET', headers, '/stream?token=t'))).toBeUndefined();
    expect(refusal(request('GET', headers, '/STREAM/?token=t'))).toBeUndefined();
    expect(refusal(request('GET', headers, '/?token=t'))).toBe(405);
    expect(refusal(request('GET', { ...headers, accept: '*/*' }, '/stream?token=t'))).toBe(405);
  });

  it('asks whether the answer will be taken, except where it is a stream', () => {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
    expect(refusal(request('POST', headers))).toBe(406);
    expect(refusal(request('POST', headers, '/stream'))).toBeUndefined();
  });
});

describe(refuseOnceRead.name, () => {
  const read = (body: unknown) => () => refuseOnceRead({ body } as Request, response, () => undefined);

  it('takes one operation of bounded length', () => {
    expect(read([{ query: '{ a }' }])).toThrow(RefusedRequest);
    expect(read({ query: 'x'.repeat(100_001) })).toThrow(/send texts as variables/);
    for (const body of [undefined, {}, { query: 1 }, { query: 'x'.repeat(100_000) }])
      expect(read(body)).not.toThrow();
  });
});
