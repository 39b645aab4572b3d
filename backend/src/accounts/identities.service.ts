import { Injectable } from '@nestjs/common';
import { AppError } from '../errors/app-error.js';
import type { NewAccount } from './account-repository.js';
import { Administrators } from './administrators.service.js';
import type { Visitor } from './doorkeeper.service.js';
import { emailAddress } from './email-address.js';
import { Entrance } from './entrance.service.js';
import { IdentityRepository } from './identity-repository.js';
import { SignInFailure, type Identity } from './identity.js';
import { nameBefore, possibleName } from './name.js';
import type { SignIn } from './sign-ins.service.js';

/** What identities of OpenID providers open. */
@Injectable()
export class Identities {
  constructor(
    private readonly identities: IdentityRepository,
    private readonly administrators: Administrators,
    private readonly entrance: Entrance,
  ) {}

  /**
   * Lets a visitor in: to the account that the identity opens, or to the one that they are signed in to, which it opens
   * from then on, or to a new one. An account is never found by its address alone: nobody has shown whose that is.
   */
  async enter(identity: Identity, visitor: Visitor): Promise<SignIn> {
    const known = await this.identities.userOf(identity);
    if (known !== undefined) return this.entrance.enter(known, visitor);
    const { viewer } = visitor;
    if (!viewer || viewer.isGuest) return this.open(identity, visitor);
    await this.identities.link(identity, viewer.id);
    return this.entrance.enter(viewer.id, visitor);
  }

  private async open(identity: Identity, visitor: Visitor): Promise<SignIn> {
    try {
      return await this.entrance.open(this.newAccount(identity), visitor);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'CONFLICT')) throw error;
      // Whoever pressed the button twice comes twice at once.
      const known = await this.identities.userOf(identity);
      if (known !== undefined) return this.entrance.enter(known, visitor);
      throw new SignInFailure('email-taken', 'an account with a new identity’s address is there', error);
    }
  }

  private newAccount({ issuer, subject, email: text, emailVerified, name }: Identity): NewAccount {
    const email = emailAddress(text ?? '');
    if (email === undefined) throw new SignInFailure('email-missing', 'the provider tells no email address');
    // Whoever could claim the administrator's address would be it.
    if (emailVerified === false || (!emailVerified && this.administrators.isNamed(email))) {
      throw new SignInFailure('email-unverified', 'the provider has not verified the email address');
    }
    return {
      email,
      displayName: possibleName(name ?? '') ?? nameBefore(email),
      passwordHash: null,
      administrator: this.administrators.roleOf(email),
      identity: { issuer, subject },
    };
  }
}
