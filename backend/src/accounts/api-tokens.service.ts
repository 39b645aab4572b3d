import { Injectable } from '@nestjs/common';
import { AccountBell } from '../bell/account-bell.js';
import { AppError } from '../errors/app-error.js';
import { AccessRepository } from './access-repository.js';
import type { ApiToken } from './api-token.js';
import { nameOf } from './name.js';
import { hashOf, newSecret } from './secret.js';
import { API_TOKEN_SCOPES, type ApiTokenScope, type Viewer } from './viewer.js';

/** So that scanners know one that was published by mistake. */
const PREFIX = 'rvl_';
const MAX_TOKENS = 50;

export interface ApiTokenRequest {
  readonly name: string;
  /** Left out: never. */
  readonly expiresAt?: Date | null;
  /** Left out: all. */
  readonly scopes?: readonly ApiTokenScope[] | null;
}

/** What users let their programs in with. */
@Injectable()
export class ApiTokens {
  constructor(
    private readonly accesses: AccessRepository,
    private readonly bell: AccountBell,
  ) {}

  /** The viewer's own; FORBIDDEN where they come by one of them themselves. */
  async list(viewer: Viewer): Promise<ApiToken[]> {
    if (viewer.access.type === 'api-token') {
      throw new AppError('FORBIDDEN', 'An API token does not show the others.');
    }
    return this.accesses.apiTokens(viewer.id);
  }

  /** The secret is not kept: it is shown this once. */
  async create(viewer: Viewer, request: ApiTokenRequest): Promise<{ apiToken: ApiToken; secret: string }> {
    const secret = PREFIX + newSecret();
    const token = {
      userId: viewer.id,
      name: nameOf(request.name),
      scopes: checkedScopes(request.scopes ?? API_TOKEN_SCOPES),
      expiresAt: checkedExpiry(request.expiresAt ?? null),
      tokenHash: hashOf(secret),
    };
    const apiToken = await this.accesses.addApiToken(token, MAX_TOKENS);
    if (!apiToken) throw new AppError('CONFLICT', `An account has at most ${MAX_TOKENS} API tokens.`);
    return { apiToken, secret };
  }

  /** It opens nothing from now on, and the streams that it opened end. */
  async revoke(viewer: Viewer, id: string): Promise<ApiToken> {
    const token = await this.accesses.removeApiToken(viewer.id, id);
    if (!token) throw new AppError('NOT_FOUND', 'This API token does not exist, or is not yours.');
    this.bell.ring(viewer.id);
    return token;
  }
}

function checkedScopes(scopes: readonly ApiTokenScope[]): ApiTokenScope[] {
  if (scopes.length === 0) throw new AppError('VALIDATION_FAILED', 'An API token needs a scope.');
  return API_TOKEN_SCOPES.filter((scope) => scopes.includes(scope));
}

function checkedExpiry(expiresAt: Date | null): Date | null {
  if (expiresAt && expiresAt.getTime() <= Date.now()) {
    throw new AppError('VALIDATION_FAILED', 'expiresAt must be in the future.');
  }
  return expiresAt;
}
