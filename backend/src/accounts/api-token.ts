import type { ApiTokenScope } from './viewer.js';

/** What lets a program in, without its secret. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly ApiTokenScope[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
}

export interface NewApiToken extends Pick<ApiToken, 'name' | 'scopes' | 'expiresAt'> {
  readonly userId: string;
  readonly tokenHash: Buffer;
}
