import { All, Controller, Logger, type OnModuleDestroy, Req, Res } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { Request, Response } from 'express';
import { GraphQLError, type ExecutionResult } from 'graphql';
import { createHandler, type Handler, type OperationContext } from 'graphql-sse';
import { toPublicGraphQLError } from './public-errors.js';
import { RequestContextFactory } from './request-context.js';
import { sendSse } from './send-sse.js';

type Results = AsyncGenerator<ExecutionResult> | AsyncIterable<ExecutionResult>;

function isAsyncIterable(value: unknown): value is Results {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** Errors of a running subscription become its last event; thrown on, they would only cut the connection. */
function errorsAsLastEvent(results: Results): AsyncIterableIterator<ExecutionResult> {
  const source = results[Symbol.asyncIterator]();
  let failed = false;
  return {
    async next() {
      if (failed) return { done: true, value: undefined };
      try {
        return (await source.next()) as IteratorResult<ExecutionResult, undefined>;
      } catch (error) {
        failed = true;
        const cause = error instanceof Error ? error : new Error(String(error));
        return {
          done: false,
          value: { errors: [new GraphQLError(cause.message, { originalError: cause })] },
        };
      }
    },
    async return() {
      await source.return?.(undefined);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/**
 * Subscriptions over graphql-sse, in both modes of its protocol
 * (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md). A controller, because whatever is mounted
 * below Apollo's prefix after start is answered by Apollo.
 */
@Controller()
export class GraphqlSseController implements OnModuleDestroy {
  private readonly logger = new Logger(GraphqlSseController.name);
  private readonly open = new Set<Response>();
  private handler?: Handler<Request, Response>;

  constructor(
    private readonly schemaHost: GraphQLSchemaHost,
    private readonly contexts: RequestContextFactory,
  ) {}

  @All('graphql/stream')
  async stream(@Req() req: Request, @Res() res: Response): Promise<void> {
    this.open.add(res);
    res.once('close', () => this.open.delete(res));
    this.handler ??= this.createHandler();
    try {
      const answer = await this.handler({
        method: req.method,
        url: req.url,
        headers: { get: (name) => [req.headers[name]].flat().join('\n') || undefined },
        body: (req.body as Record<string, unknown> | undefined) ?? null,
        raw: req,
        context: res,
      });
      await sendSse(res, answer);
    } catch (error) {
      this.logger.error('a stream broke', error);
      if (res.headersSent) res.destroy();
      else res.writeHead(500).end();
    }
  }

  /** Open streams would hold the shutdown; their readers come back with their cursors. */
  onModuleDestroy(): void {
    for (const res of this.open) res.destroy();
  }

  private createHandler(): Handler<Request, Response> {
    return createHandler<Request, Response, OperationContext>({
      // The schema is there only after Nest has started.
      schema: this.schemaHost.schema,
      context: async (req) => ({ ...(await this.contexts.create(req.raw, req.context)) }),
      onOperation: (_context, _req, _args, result) =>
        isAsyncIterable(result) ? errorsAsLastEvent(result) : undefined,
      onNext: (_context, _req, result) =>
        result.errors ? { ...result, errors: result.errors.map(toPublicGraphQLError) } : undefined,
    });
  }
}
