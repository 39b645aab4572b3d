export interface AccountBellListener {
  /** Something of this account has changed (a sign-out, a revoked token, its end): look again at what you know of it. */
  changed(userId: string): void;
  /** Changes of any account may have gone unheard: look again at all. */
  missed(): void;
}

/**
 * Tells every process that an account has changed, so that none goes on by what it remembers. It says of which, not
 * what: the database is the truth, and a bell that is not heard must delay things alone.
 */
export abstract class AccountBell {
  /** The listeners of this process have heard it on return; others hear it soon, or never where they cannot be told. */
  abstract ring(userId: string): void;

  /** Tells `listener` from now on, possibly more than once of one change. Returns what ends the listening. */
  abstract listen(listener: AccountBellListener): () => void;
}
