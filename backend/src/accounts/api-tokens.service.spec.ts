import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryAccountBell } from '../bell/in-memory-account-bell.js';
import type { AccessRepository } from './access-repository.js';
import type { ApiToken, NewApiToken } from './api-token.js';
import { ApiTokens, type ApiTokenRequest } from './api-tokens.service.js';
import { hashOf } from './secret.js';
import { testViewer } from './testing/test-viewer.js';

const ADA = testViewer();

describe(ApiTokens.name, () => {
  let added: NewApiToken[];
  let full: boolean;
  let tokens: ApiTokens;

  beforeEach(() => {
    added = [];
    full = false;
    const accesses = {
      addApiToken: (token: NewApiToken) => {
        added.push(token);
        return Promise.resolve(full ? undefined : ({ id: 't' } as ApiToken));
      },
      removeApiToken: () => Promise.resolve(undefined),
    } as unknown as AccessRepository;
    tokens = new ApiTokens(accesses, new InMemoryAccountBell());
  });

  describe('create', () => {
    it('shows the secret and keeps its hash', async () => {
      const { secret } = await tokens.create(ADA, { name: ' A program ' });
      expect(secret).toMatch(/^rvl_[\w-]{43}$/);
      expect(added[0]?.tokenHash).toEqual(hashOf(secret));
      expect(added[0]).toMatchObject({
        name: 'A program',
        scopes: ['chat:read', 'chat:write'],
        expiresAt: null,
      });
      expect(JSON.stringify(added)).not.toContain(secret);
    });

    it.each<[string, Partial<ApiTokenRequest>]>([
      ['no name', { name: ' ' }],
      ['a name without end', { name: 'x'.repeat(81) }],
      ['a name that PostgreSQL cannot hold', { name: 'a\0b' }],
      ['no scope', { scopes: [] }],
      ['an end that was', { expiresAt: new Date(0) }],
    ])('refuses %s', async (_what, request) => {
      await expect(tokens.create(ADA, { name: 'A program', ...request })).rejects.toMatchObject({
        code: 'VALIDATION_FAILED',
      });
      expect(added).toEqual([]);
    });

    it('says so where there are too many', async () => {
      full = true;
      await expect(tokens.create(ADA, { name: 'One more' })).rejects.toMatchObject({ code: 'CONFLICT' });
    });
  });

  describe('list', () => {
    it('is not for a token', async () => {
      const viewer = testViewer({ access: { type: 'api-token', id: 't', scopes: ['chat:read'] } });
      await expect(tokens.list(viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    });
  });

  describe('revoke', () => {
    it('knows no token of somebody else', async () => {
      await expect(tokens.revoke(ADA, 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });
  });
});
