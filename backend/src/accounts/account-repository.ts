import type { IdentityKey } from './identity.js';

/** A person's account, as it is first known. */
export interface NewAccount {
  readonly email: string;
  readonly displayName: string;
  /** `null` where an OpenID provider vouches for them. */
  readonly passwordHash: string | null;
  /** `if-first`: as long as there is no other account than those of guests. */
  readonly administrator: 'yes' | 'no' | 'if-first';
  /** What else opens it from the beginning. */
  readonly identity?: IdentityKey;
}

/** Users, and what hangs on them alone. */
export abstract class AccountRepository {
  /** Makes a user without an email address and returns their id. */
  abstract createGuest(displayName: string): Promise<string>;
  /** Makes the guest, where there is one, into this account, without their API tokens, or else a new one. Where it is `taken`, nothing is changed. */
  abstract createAccount(account: NewAccount, guestId: string | undefined): Promise<NewAccountOutcome>;
  /** Moves what a guest has, has subscribed to and has used to an account, and deletes the guest. */
  abstract adopt(guestId: string, userId: string): Promise<void>;

  abstract passwordByEmail(email: string): Promise<StoredPassword | undefined>;
  /** `null` where the account has none, or is not there. */
  abstract passwordHash(userId: string): Promise<string | null>;
  /** Only where the account's password is still the one that was looked at; says whether it was. */
  abstract changePassword(userId: string, from: string | null, to: string): Promise<boolean>;

  /** Whoever has this address becomes administrator, if anybody. */
  abstract makeAdministrator(email: string): Promise<void>;
  /** Deletes the user with all that hangs on them. */
  abstract delete(userId: string): Promise<void>;

  /**
   * Deletes guests who have neither signed in, nor asked, nor used an API token for so many days, and whose plan is not
   * paid for, with all that hangs on them; at most so many. Returns whom.
   */
  abstract removeGuests(days: number, atMost: number): Promise<string[]>;

  /** Pinned model ids in pin order. */
  abstract pinnedModels(userId: string): Promise<string[]>;
  /** Pinning a pinned model changes nothing. */
  abstract pinModel(userId: string, modelId: string): Promise<void>;
  abstract unpinModel(userId: string, modelId: string): Promise<void>;
  /** Puts a pinned model before another one, or last. Where one of them is not pinned (any more), nothing changes. */
  abstract movePinnedModel(userId: string, modelId: string, before: string | undefined): Promise<void>;
}

export type NewAccountOutcome =
  { readonly type: 'created'; readonly userId: string } | { readonly type: 'taken' };

export interface StoredPassword {
  readonly userId: string;
  readonly passwordHash: string | null;
}
