import type { Viewer } from './viewer.js';

/** Users and the sign-ins that open their accounts. Secrets reach it only as hashes. */
export abstract class AccountRepository {
  abstract createGuest(displayName: string): Promise<Viewer>;
  /** The sign-in ends `ttlSeconds` from now, by the database's clock. */
  abstract addSignIn(userId: string, tokenHash: Buffer, ttlSeconds: number): Promise<void>;
  abstract viewerBySignIn(tokenHash: Buffer): Promise<Viewer | undefined>;
  abstract removeSignIn(tokenHash: Buffer): Promise<void>;

  /** Pinned model ids in pin order. */
  abstract pinnedModels(userId: string): Promise<string[]>;
  /** Pinning a pinned model changes nothing. */
  abstract pinModel(userId: string, modelId: string): Promise<void>;
  abstract unpinModel(userId: string, modelId: string): Promise<void>;
}
