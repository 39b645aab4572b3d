import { TestBed } from '@angular/core/testing';
import { Failure } from '../graphql/failure';
import { AccountApi, type Viewer } from './account-api';
import { ViewerStore } from './viewer-store';

const GUEST: Viewer = {
  id: 'u1',
  displayName: 'Guest',
  isGuest: true,
  plan: { id: 'free', name: 'Free', messagesPerDay: null },
};

describe(ViewerStore.name, () => {
  let known: Viewer | null;
  let asked: string[];
  let refusal: Failure | null;
  let store: ViewerStore;

  beforeEach(() => {
    known = null;
    asked = [];
    refusal = null;
    const answer = (question: string, viewer: Viewer | null) => {
      asked.push(question);
      return refusal ? Promise.reject(refusal) : Promise.resolve(viewer);
    };
    const api = { viewer: () => answer('viewer', known), continueAsGuest: () => answer('guest', GUEST) };
    TestBed.configureTestingModule({ providers: [{ provide: AccountApi, useValue: api }] });
    store = TestBed.inject(ViewerStore);
  });

  it('makes no guest of somebody who is signed in', async () => {
    known = { ...GUEST, isGuest: false };
    await store.ensure();
    expect(asked).toEqual(['viewer']);
    expect(store.viewer()?.isGuest).toBe(false);
  });

  it('makes one guest, however many things are begun at once', async () => {
    await Promise.all([store.ensure(), store.ensure()]);
    expect(asked).toEqual(['viewer', 'guest']);
    expect(store.signedIn()).toBe(true);
  });

  it('asks again when the first question found no server', async () => {
    refusal = new Failure('UNREACHABLE', 'gone');
    await expect(store.load()).rejects.toBe(refusal);
    refusal = null;
    known = GUEST;
    await store.load();
    expect(store.viewer()).toEqual(GUEST);
  });
});
