import type { ApiToken } from '../tokens-api';

/** A token with both scopes that has not been used and does not end. */
export function aToken(about: Partial<ApiToken> = {}): ApiToken {
  return {
    id: 't1',
    name: 'Backup',
    scopes: ['CHAT_READ', 'CHAT_WRITE'],
    createdAt: '2026-01-01T12:00:00.000Z',
    expiresAt: null,
    lastUsedAt: null,
    ...about,
  };
}
