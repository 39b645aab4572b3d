import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';
import type { DatabaseError } from 'pg';
import type { NewAccount, NewAccountOutcome } from '../accounts/account-repository.js';
import type { IdentityKey } from '../accounts/identity.js';

/** Any number: the lock by which new accounts take turns, so that one of them is the first. */
const ACCOUNTS_LOCK = 7_105_423;

const ADMINISTRATOR = `CASE $4 WHEN 'yes' THEN true WHEN 'no' THEN false
  ELSE NOT EXISTS (SELECT FROM users u WHERE NOT u."isGuest") END`;

/** The guest becomes the account, or where there is none (any more) a new user does. */
export async function createAccount(
  db: DataSource,
  account: NewAccount,
  guestId: string | undefined,
): Promise<NewAccountOutcome> {
  try {
    const userId = await db.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [ACCOUNTS_LOCK]);
      const turned = guestId && (await turnGuest(manager, account, guestId));
      const id = turned ?? (await insert(manager, account));
      if (account.identity) await link(manager, account.identity, id);
      return id;
    });
    return { type: 'created', userId };
  } catch (error) {
    if (isTaken(error)) return { type: 'taken' };
    throw error;
  }
}

async function turnGuest(
  manager: EntityManager,
  account: NewAccount,
  guestId: string,
): Promise<string | undefined> {
  const [rows] = await manager.query<[{ id: string }[], number]>(
    `UPDATE users SET email = $1, "displayName" = $2, "passwordHash" = $3, "isAdmin" = ${ADMINISTRATOR},
       "isGuest" = false WHERE id = $5 AND "isGuest" RETURNING id`,
    [...valuesOf(account), guestId],
  );
  // Whoever sat at the guest's browser may have made some, which must not open what is an account now.
  if (rows[0]) await manager.query('DELETE FROM api_tokens WHERE "userId" = $1', [guestId]);
  return rows[0]?.id;
}

async function insert(manager: EntityManager, account: NewAccount): Promise<string> {
  const [row] = await manager.query<{ id: string }[]>(
    `INSERT INTO users (email, "displayName", "passwordHash", "isAdmin", "isGuest")
     VALUES ($1, $2, $3, ${ADMINISTRATOR}, false) RETURNING id`,
    valuesOf(account),
  );
  if (!row) throw new Error('an account was not written');
  return row.id;
}

async function link(manager: EntityManager, { issuer, subject }: IdentityKey, userId: string): Promise<void> {
  await manager.query('INSERT INTO identities (issuer, subject, "userId") VALUES ($1, $2, $3)', [
    ...[issuer, subject, userId],
  ]);
}

function valuesOf({ email, displayName, passwordHash, administrator }: NewAccount): unknown[] {
  return [email, displayName, passwordHash, administrator];
}

function isTaken(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { constraint = '' } = error.driverError as DatabaseError;
  return ['users_email', 'identities_pkey'].includes(constraint);
}
