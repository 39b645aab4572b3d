/** Somebody as an OpenID provider names them, for good. */
export interface IdentityKey {
  readonly issuer: string;
  readonly subject: string;
}

/** What a provider vouches for. */
export interface Identity extends IdentityKey {
  readonly email: string | undefined;
  /** `undefined`: the provider does not say. */
  readonly emailVerified: boolean | undefined;
  readonly name: string | undefined;
}

/** Why a provider did not lead to an account; the sign-in page has a sentence for each. */
export type SignInProblem =
  /** The user said no, there. */
  | 'cancelled'
  /** It took too long, or began in another browser. */
  | 'expired'
  | 'provider-unavailable'
  /** An account has the address and is not opened by this identity: it is linked from within. */
  | 'email-taken'
  | 'email-missing'
  | 'email-unverified'
  | 'failed';

/** Somebody did not get in by an OpenID provider. */
export class SignInFailure extends Error {
  constructor(
    readonly problem: SignInProblem,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'SignInFailure';
  }
}
