import { createParamDecorator, Injectable, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Request, Response } from 'express';
import type { Credential } from '../accounts/doorkeeper.service.js';
import type { Viewer } from '../accounts/viewer.js';
import { Attachments } from '../chat/attachments.service.js';
import { ChatSessionService } from '../chat/chat-session.service.js';
import { ChatService } from '../chat/chat.service.js';
import { AppError } from '../errors/app-error.js';
import { ModelAccess } from '../plans/model-access.service.js';
import { credentialOf } from './credential.js';
import { PlanService } from '../plans/plan.service.js';
import { loadersFor, type Loaders } from './loaders.js';
import { RequestViewers } from './request-viewers.js';

/** What every resolver may know of its request, over either transport. */
export class RequestContext {
  constructor(
    readonly req: Request,
    readonly res: Response,
    /** What the request shows; `viewer` is who stands behind it. */
    readonly credential: Credential | undefined,
    readonly viewer: Viewer | undefined,
    readonly loaders: Loaders,
  ) {}

  /** Nearly nobody asks, and Express works it out anew each time; so not among what Apollo copies. */
  get address(): string | undefined {
    return this.req.ip;
  }
}

/** Makes the context of one GraphQL request, over either transport. */
@Injectable()
export class RequestContextFactory {
  constructor(
    private readonly viewers: RequestViewers,
    private readonly models: ModelAccess,
    private readonly sessions: ChatSessionService,
    private readonly chats: ChatService,
    private readonly attachments: Attachments,
    private readonly plans: PlanService,
  ) {}

  async create(req: Request, res: Response): Promise<RequestContext> {
    const credential = credentialOf(req);
    const viewer = await this.viewers.of(req);
    const { models, sessions, chats, attachments, plans } = this;
    const loaders = loadersFor(viewer, models, sessions, chats, attachments, plans);
    return new RequestContext(req, res, credential, viewer, loaders);
  }
}

function contextOf(execution: ExecutionContext): RequestContext {
  return GqlExecutionContext.create(execution).getContext<RequestContext>();
}

/** The signed-in user; UNAUTHENTICATED where there is none. */
export const CurrentViewer = createParamDecorator((_: unknown, execution: ExecutionContext): Viewer => {
  const { viewer } = contextOf(execution);
  if (!viewer) throw new AppError('UNAUTHENTICATED', 'Sign in first, or continue as a guest.');
  return viewer;
});

/** The signed-in user, or undefined. */
export const OptionalViewer = createParamDecorator(
  (_: unknown, execution: ExecutionContext): Viewer | undefined => contextOf(execution).viewer,
);

/** The request and its response, for cookies. */
export const CurrentContext = createParamDecorator(
  (_: unknown, execution: ExecutionContext): RequestContext => contextOf(execution),
);

/** The batched look-ups of this request. */
export const CurrentLoaders = createParamDecorator(
  (_: unknown, execution: ExecutionContext): Loaders => contextOf(execution).loaders,
);
