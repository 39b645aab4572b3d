import type { NewSession } from '../../chat/session-repository.js';
import type { Limits } from '../../plans/plan.js';

export const NO_LIMITS: Limits = { messagesPerDay: null, tokensPerMonth: null, repliesAtOnce: null };

/** What a user asks for in a test that minds nothing of it but what it overrides. */
export function newSession(userId: string, overrides: Partial<NewSession> = {}): NewSession {
  return {
    ...{ userId, modelId: 'test/model', cachePolicy: 'USE', ttlSeconds: 600, expectedTokens: 1000 },
    limits: NO_LIMITS,
    ...overrides,
  };
}
