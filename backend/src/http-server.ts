import { createServer, IncomingMessage, type Server, type ServerOptions, ServerResponse } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express, Request, Response } from 'express';

/** Times in milliseconds. Of a response that is under way they bound nothing: streams last as long as they like. */
const PATIENCE = {
  /** From the first byte of a request, or from the connection, to the end of its headers. */
  headersTimeout: 15_000,
  /** To the end of its body. */
  requestTimeout: 30_000,
  /**
   * Between two requests, as people pause between two prompts. Load balancers keep theirs for 60 s, and are to be the first
   * to close: of a request that crosses our closing nobody knows whether it was done.
   */
  keepAliveTimeout: 65_000,
  /** How often it is looked for those whose time is over. */
  connectionsCheckingInterval: 5_000,
};
/** A connection on which nothing moves, either way. A stream says something every twelve seconds. */
const IDLE_MS = 60_000;
const MAX_HEADER_BYTES = 16_384;
/**
 * Connections that may wait to be taken: more than the readers that come back at once when a process dies. Node's 511 are
 * soon filled while it is busy, and whoever finds no place is told of a reset. The system's own bound holds as well.
 */
const BACKLOG = 4096;

/** Express on a server that waits for nobody for ever: not for a request, nor for one who takes no answer. */
export class BoundedExpressAdapter extends ExpressAdapter {
  override initHttpServer(): void {
    const app = this.getInstance<Express>();
    const options = { ...PATIENCE, maxHeaderSize: MAX_HEADER_BYTES, ...bornFor(app) };
    const server = createServer(options, app);
    server.setTimeout(IDLE_MS);
    this.httpServer = server;
  }

  /** @param args a host name, a callback, or both. */
  override listen(port: string | number, ...args: (string | (() => void) | undefined)[]): Server {
    const host = args.find((arg) => typeof arg === 'string');
    const listening = args.find((arg) => typeof arg === 'function');
    return (this.httpServer as Server).listen({ port: Number(port), host, backlog: BACKLOG }, listening);
  }
}

/**
 * Requests and responses that have Express's prototypes from the beginning. Express would give them these later, and then V8
 * gives each of them a hidden class of its own from the next new property on (12.4, by `%HaveSameMap`), so that nothing it
 * has learned of the former ones serves for the next.
 */
function bornFor(app: Express): Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'> {
  class AppRequest extends IncomingMessage {}
  class AppResponse<R extends IncomingMessage> extends ServerResponse<R> {}
  app.request = Object.setPrototypeOf(AppRequest.prototype, app.request) as Request;
  app.response = Object.setPrototypeOf(AppResponse.prototype, app.response) as Response;
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}
