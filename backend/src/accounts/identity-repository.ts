import type { IdentityKey } from './identity.js';

/** Whose accounts the identities of OpenID providers open. */
export abstract class IdentityRepository {
  abstract userOf(identity: IdentityKey): Promise<string | undefined>;
  /** Of an identity that opens an account already, nothing is changed. */
  abstract link(identity: IdentityKey, userId: string): Promise<void>;
}
