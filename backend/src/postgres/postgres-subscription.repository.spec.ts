import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { PostgresAccessRepository } from './postgres-access.repository.js';
import { PostgresAccountRepository } from './postgres-account.repository.js';
import { PostgresSessionRepository } from './postgres-session.repository.js';
import { PostgresSubscriptionRepository } from './postgres-subscription.repository.js';
import { newSession } from './testing/new-session.js';
import { startTestDatabase, type TestDatabase } from './testing/test-database.js';

const DAY = 24 * 3600;

describe(PostgresSubscriptionRepository.name, () => {
  let database: TestDatabase;
  let db: DataSource;
  let subscriptions: PostgresSubscriptionRepository;
  let userId: string;

  beforeAll(async () => {
    database = await startTestDatabase();
    ({ db } = database);
    subscriptions = new PostgresSubscriptionRepository(db);
  }, 60_000);
  afterAll(() => database.stop());
  beforeEach(async () => {
    userId = await new PostgresAccountRepository(db).createGuest('Guest');
  });

  /** The plan that the viewer comes with, who is looked up at each request. */
  async function planOfViewer(): Promise<string | null | undefined> {
    const access = new PostgresAccessRepository(db);
    const tokenHash = randomBytes(32);
    await access.addSignIn(userId, tokenHash, 60);
    return (await access.viewerBySignIn(tokenHash))?.viewer.planId;
  }

  /** The plan that a worker hears of when it begins a reply. */
  async function planOfClaim(): Promise<string | null | undefined> {
    const sessions = new PostgresSessionRepository(db);
    const started = await sessions.start(newSession(userId), { type: 'new-chat', title: 'A chat' }, 'Hi');
    return (await sessions.claim(started.session.id))?.planId;
  }

  describe('of', () => {
    it('knows nothing of somebody who has subscribed to nothing', async () => {
      expect(await subscriptions.of([userId])).toEqual(new Map());
      expect([await planOfViewer(), await planOfClaim()]).toEqual([null, null]);
    });

    it.each([
      ['ADMINISTRATOR', 'ACTIVE', null, 'ACTIVE'],
      ['ADMINISTRATOR', 'ACTIVE', 60, 'ACTIVE'],
      ['ADMINISTRATOR', 'ACTIVE', -1, 'ENDED'],
      ['BILLING', 'ACTIVE', 60, 'ACTIVE'],
      // The word of a payment may be late.
      ['BILLING', 'ACTIVE', -3 * DAY + 60, 'ACTIVE'],
      ['BILLING', 'PAST_DUE', -3 * DAY + 60, 'PAST_DUE'],
      ['BILLING', 'PAST_DUE', -3 * DAY - 1, 'ENDED'],
      ['BILLING', 'ACTIVE', -3 * DAY - 1, 'ENDED'],
      ['BILLING', 'ENDED', 60, 'ENDED'],
      ['BILLING', 'ENDED', null, 'ENDED'],
    ])(
      'says of what is by %s %s, and whose period ends in %s s: %s',
      async (source, said, endsIn, status) => {
        await db.query(
          `INSERT INTO plan_subscriptions ("userId", "planId", status, "periodEnd", source, since)
         VALUES ($1, 'gold', $2, now() + make_interval(secs => $3::float8), $4, now())`,
          [userId, said, endsIn, source],
        );
        expect((await subscriptions.of([userId, randomUUID()])).get(userId)).toMatchObject({
          ...{ planId: 'gold', status },
        });
        const held = status === 'ENDED' ? null : 'gold';
        expect([await planOfViewer(), await planOfClaim()]).toEqual([held, held]);
      },
    );
  });

  describe('set', () => {
    it('puts a user on a plan, whatever was before', async () => {
      const periodEnd = new Date(Date.now() + DAY * 1000);
      expect(await subscriptions.set(userId, 'gold', periodEnd)).toBe(true);
      expect(await subscriptions.of([userId])).toEqual(
        new Map([[userId, { planId: 'gold', status: 'ACTIVE', periodEnd }]]),
      );
      expect(await subscriptions.set(userId, 'silver', null)).toBe(true);
      expect(await subscriptions.of([userId])).toEqual(
        new Map([[userId, { planId: 'silver', status: 'ACTIVE', periodEnd: null }]]),
      );
    });

    it.each([randomUUID(), 'nobody'])('finds nobody by the id %s', async (id) => {
      expect(await subscriptions.set(id, 'gold', null)).toBe(false);
    });
  });
});
