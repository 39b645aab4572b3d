import type { Account } from '../accounts-api';

const NOTHING = { used: 0, limit: null };

/** An account on the free plan that has not done anything yet. */
export function anAccount(about: Partial<Account> = {}): Account {
  return {
    id: 'u1',
    email: 'ada@example.com',
    displayName: 'Ada',
    isGuest: false,
    isAdmin: false,
    createdAt: '2026-01-01T12:00:00.000Z',
    plan: { id: 'free', name: 'Free' },
    subscription: { plan: { id: 'free', name: 'Free' }, status: 'ACTIVE', periodEnd: null },
    usage: { messagesToday: NOTHING, tokensThisMonth: NOTHING, repliesAtOnce: NOTHING },
    ...about,
  };
}
