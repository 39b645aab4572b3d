import { All, Controller, HttpStatus, Req, Res } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { Request, Response } from 'express';
import { createHandler, type Handler, type RequestParams, type Response as SseResponse } from 'graphql-sse';
import { AppConfig } from '../config/app-config.js';
import { networkOf } from '../limits/network-of.js';
import { DocumentRules } from './documents/document-rules.js';
import { RefusedRequest } from './refused-request.js';
import { RequestContextFactory } from './request-context.js';
import { refuseGetWithCookie } from './request-rules.js';
import { RequestViewers } from './request-viewers.js';
import { sendSse, STUCK_AFTER_MS } from './send-sse.js';
import { created, refused } from './sse/answers.js';
import { onItsOwn } from './sse/distinct-connection.js';
import { Operations } from './sse/operations.js';
import { Outlet } from './sse/outlet.js';
import type { ReservedStream } from './sse/reserved-stream.js';
import { ReservedStreams } from './sse/reserved-streams.js';
import { StreamPlaces } from './sse/stream-places.js';
import { asksForStream, operationId, streamToken } from './sse/stream-request.js';

/** Where the results of an operation go. */
interface Target {
  readonly outlet: Outlet;
  /** Left out: to the request's own response. */
  readonly reserved?: ReservedStream;
}

/** What is there only after Nest has started, because it needs the schema. */
interface Parts {
  readonly reservedStreams: ReservedStreams;
  readonly handler: Handler<Request, Target>;
}

/**
 * Operations over graphql-sse, in both modes of its protocol
 * (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md). A controller, because whatever is mounted below
 * Apollo's prefix after start is answered by Apollo.
 *
 * graphql-sse's own handler reads the requests and is told that there are no reserved streams: it would keep them and
 * their operations in objects, by the clients' words for them, for ever and for anybody.
 */
@Controller()
export class GraphqlSseController {
  private readonly places: StreamPlaces;
  private parts?: Parts;

  constructor(
    private readonly schemaHost: GraphQLSchemaHost,
    private readonly contexts: RequestContextFactory,
    private readonly viewers: RequestViewers,
    private readonly rules: DocumentRules,
    { streams }: AppConfig,
  ) {
    this.places = new StreamPlaces(streams);
  }

  @All('graphql/stream')
  async stream(@Req() req: Request, @Res() res: Response): Promise<void> {
    this.parts ??= this.createParts();
    const outlet = new Outlet(res);
    await sendSse(outlet, await this.answer(req, outlet, this.parts));
  }

  private async answer(
    req: Request,
    outlet: Outlet,
    { reservedStreams, handler }: Parts,
  ): Promise<SseResponse> {
    const viewer = await this.viewers.of(req);
    const address = networkOf(req.ip);
    const reserver = viewer ? `user ${viewer.id}` : `address ${address}`;
    const token = streamToken(req);
    const reserved = token === undefined ? undefined : reservedStreams.find(token, reserver);
    switch (req.method) {
      case 'PUT':
        return created(reservedStreams.reserve(reserver));
      case 'DELETE':
        return reserved ? reserved.stop(operationId(req)) : NO_STREAM;
      case 'GET':
      case 'POST':
        if (!asksForStream(req)) return reserved ? handler(sseRequest(req, { outlet, reserved })) : NO_STREAM;
        if (!reserved) refuseGetWithCookie(req, outlet.response);
        this.places.admit(viewer?.id, address, outlet.response);
        return reserved ? reserved.open(outlet) : handler(sseRequest(req, { outlet }));
      default:
        outlet.response.setHeader('allow', 'GET, POST, PUT, DELETE');
        throw new RefusedRequest('There is no such method here.', HttpStatus.METHOD_NOT_ALLOWED);
    }
  }

  private createParts(): Parts {
    const operations = new Operations(this.schemaHost.schema, this.rules);
    const begin = ({ raw, context }: { raw: Request; context: Target }, params: RequestParams) => {
      const { outlet, reserved } = context;
      const contextOf = () => this.contexts.create(raw, outlet.response);
      return reserved ? reserved.execute(params, contextOf) : onItsOwn(operations, params, outlet, contextOf);
    };
    return {
      reservedStreams: new ReservedStreams(operations, STUCK_AFTER_MS),
      handler: createHandler<Request, Target>({ authenticate: () => null, onSubscribe: begin }),
    };
  }
}

const NO_STREAM = refused('NOT_FOUND', 'There is no such stream: reserve one, or accept text/event-stream.');

/** The request as graphql-sse wants it: always for a stream of its own. */
function sseRequest(req: Request, context: Target) {
  return {
    method: req.method,
    url: req.url,
    headers: { get: (name: string) => (name === 'accept' ? 'text/event-stream' : req.get(name)) },
    body: (req.body as Record<string, unknown> | undefined) ?? null,
    raw: req,
    context,
  };
}
