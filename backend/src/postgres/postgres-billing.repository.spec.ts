import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { BillingOutcome, PlannedSubscription } from '../billing/billing-repository.js';
import type { PlanSubscription } from '../plans/plan-subscription.js';
import { PostgresAccountRepository } from './postgres-account.repository.js';
import { PostgresBillingRepository } from './postgres-billing.repository.js';
import { PostgresSubscriptionRepository } from './postgres-subscription.repository.js';
import { startTestDatabase, type TestDatabase } from './testing/test-database.js';

const HOUR = 3600_000;

describe(PostgresBillingRepository.name, () => {
  let database: TestDatabase;
  let db: DataSource;
  let billing: PostgresBillingRepository;
  let subscriptions: PostgresSubscriptionRepository;
  let userId: string;
  let subscriptionId: string;
  let startedAt: Date;

  beforeAll(async () => {
    database = await startTestDatabase();
    ({ db } = database);
    billing = new PostgresBillingRepository(db);
    subscriptions = new PostgresSubscriptionRepository(db);
  }, 60_000);
  afterAll(() => database.stop());
  beforeEach(async () => {
    userId = await new PostgresAccountRepository(db).createGuest('Guest');
    subscriptionId = `sub_${randomUUID()}`;
    startedAt = new Date(Date.now() - 10 * HOUR);
  });

  /** An event of so many hours after the start. */
  function hear(hours: number, overrides: Partial<PlannedSubscription> = {}, eventId: string = randomUUID()) {
    const state: PlannedSubscription = {
      ...{ type: 'subscription', subscriptionId, stage: 'changed', userId, planId: 'plus', status: 'ACTIVE' },
      ...{ startedAt, periodEnd: new Date(Date.now() + HOUR) },
      ...overrides,
    };
    return billing.apply({ eventId, at: new Date(startedAt.getTime() + hours * HOUR), news: state });
  }

  function hearOwner(owner = userId): Promise<BillingOutcome> {
    const news = { type: 'owner', subscriptionId, userId: owner } as const;
    return billing.apply({ eventId: randomUUID(), at: startedAt, news });
  }

  async function current(): Promise<PlanSubscription | undefined> {
    return (await subscriptions.of([userId])).get(userId);
  }

  describe('apply', () => {
    it('puts the user on the plan of their subscription, and moves them with it', async () => {
      const periodEnd = new Date(Date.now() + 2 * HOUR);
      expect(await hear(0, { stage: 'created', periodEnd })).toEqual({ type: 'applied', userId });
      expect(await current()).toEqual({ planId: 'plus', status: 'ACTIVE', periodEnd });
      await hear(1, { planId: 'pro', status: 'PAST_DUE' });
      expect(await current()).toMatchObject({ planId: 'pro', status: 'PAST_DUE' });
      await hear(2, { stage: 'deleted', planId: 'pro', status: 'ENDED' });
      expect(await current()).toMatchObject({ planId: 'pro', status: 'ENDED' });
    });

    it('hears an event once, also of ten at once', async () => {
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => hear(0, {}, 'evt_once')));
      expect(outcomes.filter(({ type }) => type === 'applied')).toHaveLength(1);
      expect(outcomes.filter(({ type }) => type === 'repeated')).toHaveLength(9);
    });

    it.each([
      [2, { planId: 'plus', status: 'ACTIVE' }],
      [3, { planId: 'pro', status: 'ACTIVE' }],
      [4, { planId: 'pro', status: 'ENDED' }],
    ])('ends where the first %i events say, whatever order they come in', async (count, end) => {
      const events = [
        () => hear(0, { stage: 'created', planId: 'plus', status: 'ENDED' }),
        // In the same second as the one before.
        () => hear(0, { planId: 'plus' }),
        () => hear(1, { planId: 'pro' }),
        () => hear(2, { stage: 'deleted', planId: 'pro', status: 'ENDED' }),
      ];
      for (const order of permutations(events.slice(0, count))) {
        subscriptionId = `sub_${randomUUID()}`;
        userId = await new PostgresAccountRepository(db).createGuest('Guest');
        for (const event of order) await event();
        expect(await current()).toMatchObject(end);
      }
    });

    it('calls outdated what is', async () => {
      await hear(2);
      expect(await hear(1, { planId: 'pro' })).toEqual({ type: 'outdated' });
      expect(await current()).toMatchObject({ planId: 'plus' });
    });

    it('learns from a checkout whose a subscription is, before its events and after them', async () => {
      expect(await hear(1, { userId: undefined })).toEqual({ type: 'unknown-user' });
      expect(await current()).toBeUndefined();
      expect(await hearOwner()).toEqual({ type: 'applied', userId });
      expect(await current()).toMatchObject({ planId: 'plus' });

      subscriptionId = `sub_${randomUUID()}`;
      await hearOwner();
      expect(await hear(1, { userId: undefined, planId: 'pro', startedAt: new Date() })).toEqual({
        ...{ type: 'applied', userId },
      });
      expect(await current()).toMatchObject({ planId: 'pro' });
    });

    it.each([randomUUID(), 'nobody'])('minds no user who is not here: %s', async (nobody) => {
      expect(await hear(0, { userId: nobody })).toEqual({ type: 'unknown-user' });
      expect(await hearOwner(nobody)).toEqual({ type: 'unknown-user' });
    });

    it('leaves the plan where it is named by nothing that is known, and takes the rest', async () => {
      expect(await hear(0, { planId: undefined })).toEqual({ type: 'applied', userId });
      expect(await current()).toBeUndefined();
      await hear(1);
      await hear(2, { planId: undefined, status: 'PAST_DUE' });
      expect(await current()).toMatchObject({ planId: 'plus', status: 'PAST_DUE' });
    });

    it('keeps the plan of a new subscription when the one that it replaces ends later', async () => {
      await hear(0);
      const old = subscriptionId;
      subscriptionId = `sub_${randomUUID()}`;
      await hear(2, { planId: 'pro', startedAt: new Date(startedAt.getTime() + 2 * HOUR) });
      expect(await current()).toMatchObject({ planId: 'pro' });
      await hear(3, { subscriptionId: old, stage: 'deleted', status: 'ENDED' });
      expect(await current()).toMatchObject({ planId: 'pro', status: 'ACTIVE' });
    });

    it('leaves what an administrator said later, until that ends or a subscription begins', async () => {
      await hear(0);
      await subscriptions.set(userId, 'all', null);
      await hear(5, { planId: 'pro' });
      expect(await current()).toMatchObject({ planId: 'all' });
      await hear(6, { stage: 'deleted', status: 'ENDED' });
      expect(await current()).toMatchObject({ planId: 'all', status: 'ACTIVE' });

      subscriptionId = `sub_${randomUUID()}`;
      await hear(20, { startedAt: new Date(Date.now() + HOUR) });
      expect(await current()).toMatchObject({ planId: 'plus' });
      await subscriptions.set(userId, 'all', new Date(0));
      expect(await current()).toMatchObject({ planId: 'plus' });
    });

    it('forgets an event after a month', async () => {
      await hear(0, {}, 'evt_old');
      await db.query(
        `UPDATE billing_events SET "receivedAt" = now() - interval '31 days' WHERE id = 'evt_old'`,
      );
      await hear(1);
      expect(await db.query(`SELECT FROM billing_events WHERE id = 'evt_old'`)).toEqual([]);
    });
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
