import type { ApiToken, NewApiToken } from './api-token.js';
import type { Viewer } from './viewer.js';

/** A viewer as the database knows them, and how long their access lasts by its clock. */
export interface FoundViewer {
  readonly viewer: Viewer;
  /** Milliseconds until the access ends by itself. */
  readonly endsInMs: number;
}

/** Sign-ins and API tokens: what opens an account. Secrets reach it only as hashes. */
export abstract class AccessRepository {
  /** The sign-in ends `ttlSeconds` from now, by the database's clock. */
  abstract addSignIn(userId: string, tokenHash: Buffer, ttlSeconds: number): Promise<void>;
  /** Returns whose it was. */
  abstract removeSignIn(tokenHash: Buffer): Promise<string | undefined>;
  /** All of the user, or all but the one with this hash. */
  abstract removeSignIns(userId: string, except?: Buffer): Promise<void>;

  abstract viewerBySignIn(tokenHash: Buffer): Promise<FoundViewer | undefined>;
  /** Notes the use as well, at most once a minute. */
  abstract viewerByApiToken(tokenHash: Buffer): Promise<FoundViewer | undefined>;

  /** Newest first; those that have expired as well. */
  abstract apiTokens(userId: string): Promise<ApiToken[]>;
  /** Undefined where the user has `atMost` already. */
  abstract addApiToken(token: NewApiToken, atMost: number): Promise<ApiToken | undefined>;
  /** Returns what it was, or undefined where the user has no such token. */
  abstract removeApiToken(userId: string, id: string): Promise<ApiToken | undefined>;
}
