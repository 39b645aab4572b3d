import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { ApiTokenScope } from '../accounts/viewer.js';
import { AppError } from '../errors/app-error.js';
import type { RequestContext } from './request-context.js';

const SCOPE = 'rivulet:scope';

/** A query, mutation or subscription that an API token with this scope may ask for. Without it, none may. */
export const ByApiToken = (scope: ApiTokenScope) => SetMetadata(SCOPE, scope);

/**
 * Holds for every operation over either transport: a program whose token does not count hears of it rather than being
 * taken for nobody, and a token opens only what says that it may.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(execution: ExecutionContext): boolean {
    if (execution.getType<string>() !== 'graphql') return true;
    const { viewer, credential } = GqlExecutionContext.create(execution).getContext<RequestContext>();
    if (credential?.type === 'api-token' && !viewer) {
      throw new AppError('UNAUTHENTICATED', 'This API token does not exist, was revoked or has expired.');
    }
    if (viewer?.access.type !== 'api-token') return true;
    const scope = this.reflector.get<ApiTokenScope | undefined>(SCOPE, execution.getHandler());
    if (!scope) throw new AppError('FORBIDDEN', 'This cannot be done with an API token.');
    if (!viewer.access.scopes.includes(scope)) {
      throw new AppError('FORBIDDEN', `This API token does not have the scope ${scope}.`);
    }
    return true;
  }
}
