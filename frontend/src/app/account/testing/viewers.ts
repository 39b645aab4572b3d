import type { Installation, Quota, Usage, Viewer } from '../account-api';

/** Where everything is allowed. */
export const OPEN: Installation = { signUpAllowed: true, guestsAllowed: true, openIdConnect: null };

/** No limit, and nothing used, unless said otherwise. */
export function aQuota(about: Partial<Quota> = {}): Quota {
  return { used: 0, limit: null, remaining: null, resetsAt: null, ...about };
}

/** So much of so much is used. */
export function used(count: number, limit: number, resetsAt: string | null = null): Quota {
  return { used: count, limit, remaining: limit - count, resetsAt };
}

export function aUsage(about: Partial<Usage> = {}): Usage {
  return { messagesToday: aQuota(), tokensThisMonth: aQuota(), repliesAtOnce: aQuota(), ...about };
}

/** A guest, unless said otherwise. */
export function aViewer(about: Partial<Viewer> = {}): Viewer {
  return {
    id: 'u1',
    displayName: 'Guest',
    email: null,
    isGuest: true,
    isAdmin: false,
    plan: { id: 'free', name: 'Free' },
    usage: aUsage(),
    ...about,
  };
}
