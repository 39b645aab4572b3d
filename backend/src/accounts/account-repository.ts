/** Users, and what hangs on them alone. */
export abstract class AccountRepository {
  /** Makes a user without an email address and returns their id. */
  abstract createGuest(displayName: string): Promise<string>;

  /** Pinned model ids in pin order. */
  abstract pinnedModels(userId: string): Promise<string[]>;
  /** Pinning a pinned model changes nothing. */
  abstract pinModel(userId: string, modelId: string): Promise<void>;
  abstract unpinModel(userId: string, modelId: string): Promise<void>;
}
