import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { Turns } from './turns.js';

/** Argon2id with OWASP's figures: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Of a password that nobody knows, for whoever has none: looking takes as long. */
export const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$k2xfeZjjY6wdZMw0/ff9UA$wpJGd/dbIdwyQhoNXiGwcJYtpnt3eN5H6S5oxMWfk5Q';

/** Each takes 19 MiB and a thread of Node's four, which files and names of hosts need too. */
const AT_ONCE = 2;
/** A few seconds' worth; who comes then is told to come back. */
const WAITING_AT_MOST = 64;

/** Makes and checks what is kept of passwords. */
@Injectable()
export class PasswordHasher {
  readonly #turns = new Turns(AT_ONCE, WAITING_AT_MOST);

  /** RATE_LIMITED where too many wait. */
  hash(password: string): Promise<string> {
    return this.#turns.take(() => hash(password, PARAMETERS));
  }

  /** Whether it is the password; where there is none to compare it with, the answer is no and takes the same work. */
  verify(password: string, passwordHash: string | null | undefined): Promise<boolean> {
    return this.#turns.take(async () => {
      const matches = await verify(passwordHash ?? NOBODYS_HASH, password);
      return matches && passwordHash !== null && passwordHash !== undefined;
    });
  }
}
