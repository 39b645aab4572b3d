import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ViewerStore } from '../account/viewer-store';
import { FreshPage } from '../browser/fresh-page';
import { FakePage } from '../browser/testing/fake-page';
import { Failure } from '../graphql/failure';
import { SignInApi } from './sign-in-api';
import { SignInStore } from './sign-in-store';

const ADA = { email: 'ada@example.com', password: 'a long password' };

describe(SignInStore.name, () => {
  let page: FakePage;
  let asked: unknown[];
  let refusal: Failure | null;
  let store: SignInStore;

  beforeEach(() => {
    page = new FakePage();
    asked = [];
    refusal = null;
    const answer = (...question: unknown[]) => {
      asked.push(question);
      return refusal ? Promise.reject(refusal) : Promise.resolve();
    };
    const viewer = {
      viewer: signal(null),
      installation: signal(null),
      continueAsGuest: () => answer('guest'),
    };
    TestBed.configureTestingModule({
      providers: [
        {
          provide: SignInApi,
          useValue: {
            signIn: (input: unknown) => answer('sign in', input),
            signUp: (input: unknown) => answer('sign up', input),
          },
        },
        { provide: FreshPage, useValue: page },
        { provide: ViewerStore, useValue: viewer },
      ],
    });
    store = TestBed.inject(SignInStore);
  });

  it('begins the page anew where somebody came from', async () => {
    await store.signIn(ADA, '/chat/c1');
    expect(asked).toEqual([['sign in', ADA]]);
    expect(page.opened).toEqual(['/chat/c1']);
  });

  it('stays, with the reason, when it is refused', async () => {
    refusal = new Failure('UNAUTHENTICATED', 'no');
    await store.signIn(ADA, '/chat/c1');
    expect(page.opened).toEqual([]);
    expect(store.failure()).toEqual({ tried: 'sign-in', failure: refusal });
    expect(store.busy()).toBe(false);
    refusal = null;
    await store.signUp(ADA, '/');
    expect(store.failure()).toBeNull();
  });

  it('asks once, however often somebody presses Enter', async () => {
    await Promise.all([store.signIn(ADA, '/'), store.signIn(ADA, '/')]);
    expect(asked).toHaveLength(1);
  });

  it('stays busy while the new page is on its way', async () => {
    await store.continueAsGuest('/');
    expect(store.busy()).toBe(true);
    expect(page.opened).toEqual(['/']);
  });
});
