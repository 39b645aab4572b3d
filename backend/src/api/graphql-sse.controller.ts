import { randomUUID } from 'node:crypto';
import { All, Controller, Logger, Req, Res } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { Request, Response } from 'express';
import type { ExecutionResult } from 'graphql';
import { createHandler, type Handler, type OperationContext } from 'graphql-sse';
import { DocumentRules } from './documents/document-rules.js';
import { RequestContextFactory } from './request-context.js';
import { sendSse, STUCK_AFTER_MS } from './send-sse.js';
import { Operations } from './sse/operations.js';
import { Outlet } from './sse/outlet.js';
import { PacedResults } from './sse/paced-results.js';
import { ReservedStreams } from './sse/reserved-streams.js';
import { publicResult } from './sse/results.js';
import { asksForStream, opensReservedStream, streamToken } from './sse/stream-request.js';

function isAsyncIterable(value: unknown): value is AsyncIterable<ExecutionResult> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
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
    private readonly rules: DocumentRules,
  ) {}

  @All('graphql/stream')
  async stream(@Req() req: Request, @Res() res: Response): Promise<void> {
    this.handler ??= this.createHandler();
    const outlet = new Outlet(res);
    try {
      const answer = await this.handler({
        method: req.method,
        // With a reserved stream, a GET is there to open it, and executes nothing.
        url: opensReservedStream(req) ? req.path : req.url,
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
    const operations = new Operations(schema, this.rules);
    return createHandler<Request, Outlet, OperationContext>({
      authenticate: ({ raw }) => streamToken(raw) ?? randomUUID(),
      onSubscribe: ({ raw, context: outlet }, params) =>
        operations.begin(params, asksForStream(raw) ? outlet : undefined, async () => ({
          ...(await this.contexts.create(raw, outlet.response)),
        })),
      // It has been: what comes here keeps to the rules.
      validate: () => [],
      onOperation: (_context, { raw }, _args, results) => {
        const token = streamToken(raw);
        if (!token || !isAsyncIterable(results)) return undefined;
        return new PacedResults(results, () => this.reserved.room(token));
      },
      onNext: (_context, _req, result) => publicResult(result),
    });
  }
}
