import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryAccountBell } from '../bell/in-memory-account-bell.js';
import type { AccessRepository, FoundViewer } from './access-repository.js';
import { Doorkeeper } from './doorkeeper.service.js';
import { hashOf } from './secret.js';
import { testViewer } from './testing/test-viewer.js';

describe(Doorkeeper.name, () => {
  const ada = testViewer({ id: 'ada' });
  let there: FoundViewer | undefined;
  let asked: string[];
  let bell: InMemoryAccountBell;
  let doorkeeper: Doorkeeper;

  beforeEach(() => {
    there = { viewer: ada, endsInMs: 60_000 };
    asked = [];
    const look = (kind: string) => (hash: Buffer) => {
      asked.push(`${kind} ${hash.toString('hex')}`);
      return Promise.resolve(there);
    };
    bell = new InMemoryAccountBell();
    doorkeeper = new Doorkeeper(
      { viewerBySignIn: look('sign-in'), viewerByApiToken: look('api-token') } as AccessRepository,
      bell,
    );
    doorkeeper.onModuleInit();
  });

  it('asks for a secret of each kind by its hash', async () => {
    expect(await doorkeeper.viewerOf({ type: 'sign-in', secret: 's' })).toBe(ada);
    expect(await doorkeeper.viewerOf({ type: 'api-token', secret: 't' })).toBe(ada);
    expect(asked).toEqual(
      ['s', 't'].map((secret, i) => `${['sign-in', 'api-token'][i]} ${hashOf(secret).toString('hex')}`),
    );
  });

  it('takes no secret of one kind for the other', async () => {
    await doorkeeper.viewerOf({ type: 'api-token', secret: 's' });
    await doorkeeper.viewerOf({ type: 'sign-in', secret: 's' });
    expect(asked).toHaveLength(2);
  });

  it('looks again when it hears that something changed, and when it may have missed it', async () => {
    const credential = { type: 'sign-in', secret: 's' } as const;
    await doorkeeper.viewerOf(credential);
    there = undefined;
    bell.ring('grace');
    expect(await doorkeeper.viewerOf(credential)).toBe(ada);
    bell.ring('ada');
    expect(await doorkeeper.viewerOf(credential)).toBeUndefined();
  });
});
