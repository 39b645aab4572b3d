import { TestBed } from '@angular/core/testing';
import { Failure } from '../graphql/failure';
import { aToken } from './testing/tokens';
import { TokensApi } from './tokens-api';
import { TokensStore } from './tokens-store';

const NEW = { name: 'Backup', scopes: ['CHAT_READ' as const], expiresAt: null };

describe(TokensStore.name, () => {
  let refusal: Failure | null;
  let store: TokensStore;

  beforeEach(() => {
    refusal = null;
    const answer = <T>(value: T) => (refusal ? Promise.reject(refusal) : Promise.resolve(value));
    const api = {
      list: () => answer([aToken({ id: 'old' })]),
      create: () => answer({ token: aToken({ id: 'new' }), secret: 'rvl_secret' }),
      revoke: () => answer(undefined),
    };
    TestBed.configureTestingModule({ providers: [{ provide: TokensApi, useValue: api }] });
    store = TestBed.inject(TokensStore);
  });

  const ids = () => store.tokens()?.map(({ id }) => id);

  it('shows a secret until somebody has read it', async () => {
    await store.load();
    await store.create(NEW);
    expect(ids()).toEqual(['new', 'old']);
    expect(store.created()?.secret).toBe('rvl_secret');
    store.forgetSecret();
    expect(store.created()).toBeNull();
    expect(ids()).toEqual(['new', 'old']);
  });

  it('takes a revoked token away, and its secret with it', async () => {
    await store.load();
    await store.create(NEW);
    await store.revoke('new');
    expect(ids()).toEqual(['old']);
    expect(store.created()).toBeNull();
  });

  it('keeps a token that could not be revoked', async () => {
    await store.load();
    refusal = new Failure('UNREACHABLE', 'gone');
    await expect(store.revoke('old')).rejects.toBe(refusal);
    expect(ids()).toEqual(['old']);
  });

  it('says when the list could not be read', async () => {
    refusal = new Failure('UNREACHABLE', 'gone');
    await store.load();
    expect(store.failure()).toBe(refusal);
    expect(store.tokens()).toBeNull();
  });
});
