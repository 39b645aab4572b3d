import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryAccountBell } from '../bell/in-memory-account-bell.js';
import { InMemoryRateLimiter } from '../limits/in-memory-rate-limiter.js';
import { rateLimits } from '../limits/rate-limits.js';
import type { AccountRepository, StoredPassword } from './account-repository.js';
import type { Entrance } from './entrance.service.js';
import type { PasswordHasher } from './password-hasher.js';
import { Passwords } from './passwords.service.js';
import { SignInThrottle } from './sign-in-throttle.js';
import type { SignIns } from './sign-ins.service.js';
import { testViewer } from './testing/test-viewer.js';

const NOBODY = { viewer: undefined, credential: undefined, address: '192.0.2.1' };

const LIMITS = { addressPerMinute: 0, userPerMinute: 0, tokenPerMinute: 0, signInFailures: 3 };

describe(Passwords.name, () => {
  let stored: Map<string, StoredPassword>;
  let steps: string[];
  let passwords: Passwords;

  beforeEach(() => {
    stored = new Map([
      ['ada@example.com', { userId: 'ada', passwordHash: 'hash of right' }],
      ['oidc@example.com', { userId: 'oidc', passwordHash: null }],
    ]);
    steps = [];
    const accounts = {
      passwordByEmail: (email: string) => {
        steps.push('look up');
        return Promise.resolve(stored.get(email));
      },
      passwordHash: () => Promise.resolve('hash of right'),
    } as unknown as AccountRepository;
    const hasher = {
      verify: (password: string, hash: string | null | undefined) => {
        steps.push('verify');
        return Promise.resolve(hash === `hash of ${password}`);
      },
    } as PasswordHasher;
    const entrance = { enter: (userId: string) => Promise.resolve(userId) } as unknown as Entrance;
    const throttle = new SignInThrottle(new InMemoryRateLimiter(rateLimits({ rateLimits: LIMITS })));
    passwords = new Passwords(
      ...([accounts, hasher, entrance, {} as SignIns, throttle, new InMemoryAccountBell()] as const),
    );
  });

  describe('signIn', () => {
    it('lets in who knows the password', async () => {
      expect(await passwords.signIn({ email: ' ADA@example.com', password: 'right' }, NOBODY)).toBe('ada');
    });

    it.each([
      ['a wrong password', 'ada@example.com'],
      ['an address of nobody', 'nobody@example.com'],
      ['no address at all', 'nobody'],
      ['an account without a password', 'oidc@example.com'],
    ])('answers the same after the same work: %s', async (_what, email) => {
      await expect(passwords.signIn({ email, password: 'wrong' }, NOBODY)).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
        message: 'There is no account with this email address and password.',
      });
      expect(steps).toEqual(['look up', 'verify']);
    });
  });

  describe('change', () => {
    it('asks for the password that holds now', async () => {
      const request = { currentPassword: 'wrong', newPassword: 'long enough' };
      const ada = testViewer({ isGuest: false });
      await expect(passwords.change(ada, request, NOBODY)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(
        passwords.change(ada, { ...request, currentPassword: null }, NOBODY),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    });

    it('has guests sign up instead', async () => {
      const request = { newPassword: 'long enough' };
      await expect(passwords.change(testViewer(), request, NOBODY)).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    });
  });

  describe('deleteAccount', () => {
    it('asks for the password', async () => {
      await expect(passwords.deleteAccount(testViewer(), 'wrong', NOBODY)).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    });
  });
});
