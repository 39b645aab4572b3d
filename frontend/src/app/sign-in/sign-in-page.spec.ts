import { signal } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { ActivatedRoute, convertToParamMap, provideRouter } from '@angular/router';
import { BehaviorSubject } from 'rxjs';
import type { Viewer } from '../account/account-api';
import { OPEN, aViewer } from '../account/testing/viewers';
import { TabStorage } from '../browser/tab-storage';
import { FakeStorage } from '../browser/testing/fake-storage';
import { Failure } from '../graphql/failure';
import { SignInPage } from './sign-in-page';
import { SignInStore, type SignInFailure } from './sign-in-store';

class FakeStore {
  readonly viewer = signal<Viewer | null>(null);
  readonly installation = signal(OPEN);
  readonly failure = signal<SignInFailure | null>(null);
  readonly busy = signal(false);
  readonly asked: unknown[] = [];
  refusal: SignInFailure | null = null;

  forgetFailure(): void {
    this.failure.set(null);
  }

  signIn(...question: unknown[]): Promise<void> {
    this.asked.push(['sign in', ...question]);
    this.failure.set(this.refusal);
    return Promise.resolve();
  }

  signUp(...question: unknown[]): Promise<void> {
    this.asked.push(['sign up', ...question]);
    return Promise.resolve();
  }
}

describe(SignInPage.name, () => {
  let fixture: ComponentFixture<SignInPage>;
  let store: FakeStore;
  let tab: FakeStorage;

  const page = () => fixture.nativeElement as HTMLElement;
  const box = (name: string) => page().querySelector<HTMLInputElement>(`input[name=${name}]`)!;
  const type = async (name: string, text: string) => {
    box(name).value = text;
    box(name).dispatchEvent(new Event('input'));
    await fixture.whenStable();
  };
  const submit = async () => {
    page()
      .querySelector('form')!
      .dispatchEvent(new Event('submit', { cancelable: true }));
    await fixture.whenStable();
  };
  const open = async (query: Record<string, string> = {}) => {
    const queryParamMap = new BehaviorSubject(convertToParamMap(query));
    TestBed.overrideProvider(ActivatedRoute, { useValue: { queryParamMap } });
    fixture = TestBed.createComponent(SignInPage);
    document.body.append(page());
    await fixture.whenStable();
  };

  beforeEach(() => {
    store = new FakeStore();
    tab = new FakeStorage();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        { provide: SignInStore, useValue: store },
        { provide: TabStorage, useValue: tab },
        { provide: ActivatedRoute, useValue: {} },
      ],
    });
  });

  it('signs in, and says where to come back to', async () => {
    await open({ back: '/chat/c1' });
    await type('email', ' ada@example.com ');
    await type('password', ' a password with spaces ');
    await submit();
    const credentials = { email: 'ada@example.com', password: ' a password with spaces ' };
    expect(store.asked).toEqual([['sign in', credentials, '/chat/c1']]);
  });

  it('asks nobody with what cannot be right, and leads to the first thing that is wrong', async () => {
    await open({ account: 'new' });
    await type('email', 'ada@example.com');
    await type('password', 'too short');
    await submit();
    expect(store.asked).toEqual([]);
    expect(document.activeElement).toBe(box('password'));
    await type('email', 'ada');
    await submit();
    expect(document.activeElement).toBe(box('email'));
    expect(page().textContent).toContain('An email address, as in name@example.com.');
  });

  it('names a new account only where a name was given', async () => {
    await open({ account: 'new' });
    await type('email', 'ada@example.com');
    await type('password', 'a long password');
    await submit();
    await type('name', ' Ada ');
    await submit();
    const credentials = { email: 'ada@example.com', password: 'a long password' };
    expect(store.asked).toEqual([
      ['sign up', credentials, '/'],
      ['sign up', { ...credentials, displayName: 'Ada' }, '/'],
    ]);
  });

  it('does not ask an old account for a long password', async () => {
    await open();
    await type('email', 'ada@example.com');
    await type('password', 'short');
    await submit();
    expect(store.asked).toHaveLength(1);
  });

  it('says what was wrong, and leads to the password', async () => {
    await open();
    store.refusal = { tried: 'sign-in', failure: new Failure('UNAUTHENTICATED', 'no') };
    await type('email', 'ada@example.com');
    await type('password', 'wrong');
    await submit();
    await fixture.whenStable();
    expect(page().querySelector('[role=alert]')?.textContent).toContain('do not belong together');
    expect(box('password').selectionEnd).toBe('wrong'.length);
  });

  it('comes back to where an identity provider was asked from', async () => {
    tab.write('back', '/chat/c1');
    await open({ problem: 'cancelled' });
    expect(page().querySelector('[role=alert]')?.textContent).toContain('was cancelled');
    await type('email', 'ada@example.com');
    await type('password', 'a long password');
    await submit();
    expect(store.asked).toMatchObject([['sign in', {}, '/chat/c1']]);
    expect(tab.read('back')).toBeNull();
  });

  it('tells a guest that the chats stay', async () => {
    store.viewer.set(aViewer());
    await open({ account: 'new' });
    expect(page().querySelector('.lead')?.textContent).toContain('Your chats stay.');
    expect(page().textContent).not.toContain('Continue as guest');
  });

  it('says that new accounts are not open, and shows no form for one', async () => {
    store.installation.set({ ...OPEN, signUpAllowed: false });
    await open({ account: 'new' });
    expect(page().textContent).toContain('New accounts are not open here.');
    expect(page().querySelector('form')).toBeNull();
  });
});
