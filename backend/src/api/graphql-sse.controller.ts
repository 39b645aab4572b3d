import { randomUUID } from 'node:crypto';
import { All, Controller, Logger, Req, Res } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { Request, Response } from 'express';
import type { ExecutionResult } from 'graphql';
import {
  createHandler,
  TOKEN_HEADER_KEY,
  TOKEN_QUERY_KEY,
  type Handler,
  type OperationContext,
} from 'graphql-sse';
import { RequestContextFactory } from './request-context.js';
import { sendSse, STUCK_AFTER_MS } from './send-sse.js';
import { DistinctSubscriptions } from './sse/distinct-subscriptions.js';
import { Outlet } from './sse/outlet.js';
import { PacedResults } from './sse/paced-results.js';
import { ReservedStreams } from './sse/reserved-streams.js';
import { publicResult } from './sse/results.js';

function isAsyncIterable(value: unknown): value is AsyncIterable<ExecutionResult> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** The token of the reserved stream that a request is about, if any. */
function streamToken(req: Request): string | undefined {
  const token = req.headers[TOKEN_HEADER_KEY] ?? req.query[TOKEN_QUERY_KEY];
  return typeof token === 'string' && token !== '' ? token : undefined;
}

/** Whether the request is answered by a stream; otherwise results go to the stream that was reserved for them. */
function asksForStream(req: Request): boolean {
  return req.headers.accept === 'text/event-stream';
}

/**
 * Subscriptions over graphql-sse, in both modes of its protocol
 * (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md). A controller, because whatever is mounted
 * below Apollo's prefix after start is answered by Apollo.
 */
@Controller()
export class GraphqlSseController {
  private readonly logger = new Logger(GraphqlSseController.name);
  private readonly reserved = new ReservedStreams(STUCK_AFTER_MS);
  private handler?: Handler<Request, Outlet>;

  constructor(
    private readonly schemaHost: GraphQLSchemaHost,
    private readonly contexts: RequestContextFactory,
  ) {}

  @All('graphql/stream')
  async stream(@Req() req: Request, @Res() res: Response): Promise<void> {
    this.handler ??= this.createHandler();
    const outlet = new Outlet(res);
    try {
      const answer = await this.handler({
        method: req.method,
        url: req.url,
        headers: { get: (name) => [req.headers[name]].flat().join('\n') || undefined },
        body: (req.body as Record<string, unknown> | undefined) ?? null,
        raw: req,
        context: outlet,
      });
      const token = streamToken(req);
      if (token && isAsyncIterable(answer[0])) this.reserved.open(token, outlet);
      await sendSse(outlet, answer);
    } catch (error) {
      this.logger.error('a stream broke', error);
      if (res.headersSent) res.destroy();
      else res.writeHead(500).end();
    }
  }

  private createHandler(): Handler<Request, Outlet> {
    // It is there only after Nest has started.
    const { schema } = this.schemaHost;
    const subscriptions = new DistinctSubscriptions(schema);
    return createHandler<Request, Outlet, OperationContext>({
      schema,
      authenticate: ({ raw }) => streamToken(raw) ?? randomUUID(),
      context: async ({ raw, context: outlet }) => ({
        ...(await this.contexts.create(raw, outlet.response)),
      }),
      onSubscribe: ({ raw, context: outlet }, params) =>
        asksForStream(raw)
          ? subscriptions.open(params, outlet, () => this.contexts.create(raw, outlet.response))
          : undefined,
      onOperation: (_context, { raw }, _args, results) => {
        const token = streamToken(raw);
        if (!token || !isAsyncIterable(results)) return undefined;
        return new PacedResults(results, () => this.reserved.room(token));
      },
      onNext: (_context, _req, result) => publicResult(result),
    });
  }
}
