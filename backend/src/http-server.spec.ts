import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Express, Request, Response } from 'express';
import { BoundedExpressAdapter } from './http-server.js';

setFlagsFromString('--allow-natives-syntax');
const haveSameHiddenClass = runInThisContext('(one, other) => %HaveSameMap(one, other)') as (
  one: object,
  other: object,
) => boolean;

type Exchange = readonly [Request, Response];

describe(BoundedExpressAdapter.name, () => {
  let adapter: BoundedExpressAdapter;
  let app: Express;
  let url: string;

  beforeEach(async () => {
    adapter = new BoundedExpressAdapter();
    adapter.initHttpServer();
    app = adapter.getInstance<Express>();
    const server = adapter.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => adapter.close());

  it('has requests and responses that are what Express and Node make of them', async () => {
    app.get('/', (req, res) => void res.json([req.app === app, req.query, req.ip, req.res === res]));
    const response = await fetch(`${url}/?a=b`);
    expect(await response.json()).toEqual([true, { a: 'b' }, '127.0.0.1', true]);
  });

  it('has one hidden class for the requests of a kind, and one for their responses', async () => {
    const both: Exchange[] = [];
    app.get('/', (req, res) => {
      both.push([req, res]);
      if (both.length === 2) for (const [, response] of both) response.end();
    });
    const ask = async () => (await fetch(url)).text();
    // V8 leaves room for more properties until it has seen some objects of a class.
    for (let times = 0; times < 20; times++) {
      both.length = 0;
      await Promise.all([ask(), ask()]);
    }
    const [[request, response], [otherRequest, otherResponse]] = both as [Exchange, Exchange];
    expect(haveSameHiddenClass(request, otherRequest)).toBe(true);
    expect(haveSameHiddenClass(response, otherResponse)).toBe(true);
  });
});
