import { once } from 'node:events';
import type { Server } from 'node:http';
import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';

/** How long requests may take that were under way when the process was told to end, in milliseconds. */
const PATIENCE_MS = 5_000;
/** The same for those that came while it waited, once it takes no new connection. */
const LAST_PATIENCE_MS = 2_000;

const STREAM = /^\/graphql\/stream\/?$/i;

/**
 * How a process leaves that is told to end: at once it is not ready, takes no more streams and ends those that it has,
 * whose readers come back elsewhere with their cursors. Requests that are under way are finished, within bounds, so
 * that a worker's replies have their time yet.
 */
@Injectable()
export class Departure {
  readonly #requests = new Set<Response>();
  readonly #streams = new Set<Response>();
  #begun = false;

  constructor(private readonly host: HttpAdapterHost) {}

  get hasBegun(): boolean {
    return this.#begun;
  }

  /** To be passed by every request first. */
  readonly middleware = (req: Request, res: Response, next: NextFunction): void => {
    const isStream = STREAM.test(req.path);
    if (this.#begun) {
      // The client's next request shall find another process.
      res.setHeader('connection', 'close');
      if (isStream) {
        res.setHeader('retry-after', '1');
        next(new ServiceUnavailableException());
        return;
      }
    }
    const underWay = isStream ? this.#streams : this.#requests;
    underWay.add(res);
    res.once('close', () => underWay.delete(res));
    next();
  };

  /** Settles when nothing is under way and no connection is open. To be awaited before the application is closed. */
  async begin(): Promise<void> {
    this.#begun = true;
    for (const res of this.#streams) res.destroy();
    const server = this.host.httpAdapter.getHttpServer() as Server;
    // It listens meanwhile: whoever asks hears that it is not ready, rather than nothing.
    await closed(this.#requests, PATIENCE_MS);
    server.close();
    await closed(this.#requests, LAST_PATIENCE_MS);
    server.closeAllConnections();
  }
}

/** Settles when all of these have closed, or when that takes too long. */
async function closed(responses: Iterable<Response>, withinMs: number): Promise<void> {
  const signal = AbortSignal.timeout(withinMs);
  await Promise.allSettled(Array.from(responses, (res) => once(res, 'close', { signal })));
}
