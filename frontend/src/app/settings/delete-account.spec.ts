import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { Failure } from '../graphql/failure';
import { DeleteAccount } from './delete-account';
import { ProfileStore } from './profile-store';
import type { Profile } from './settings-api';

const ADA: Profile = {
  id: 'u1',
  displayName: 'Ada',
  email: 'ada@example.com',
  isGuest: false,
  hasPassword: true,
  createdAt: '2026-01-01T00:00:00.000Z',
};

describe(DeleteAccount.name, () => {
  let fixture: ComponentFixture<DeleteAccount>;
  let deleted: (string | undefined)[];
  let refusal: Failure | null;

  const page = () => fixture.nativeElement as HTMLElement;
  const boxes = () => Array.from(page().querySelectorAll('input'));
  const button = () => page().querySelector<HTMLButtonElement>('button[type=submit]')!;
  const ready = () => button().getAttribute('aria-disabled') === 'false';
  const enter = (...texts: string[]) =>
    texts.forEach((text, at) => {
      boxes()[at]!.value = text;
      boxes()[at]!.dispatchEvent(new Event('input'));
    });
  const type = async (...texts: string[]) => {
    enter(...texts);
    await fixture.whenStable();
  };
  const show = async (profile: Profile) => {
    fixture.componentRef.setInput('profile', profile);
    await fixture.whenStable();
  };

  beforeEach(() => {
    deleted = [];
    refusal = null;
    const deleteAccount = (password: string | undefined) => {
      deleted.push(password);
      return refusal ? Promise.reject(refusal) : Promise.resolve();
    };
    TestBed.configureTestingModule({ providers: [{ provide: ProfileStore, useValue: { deleteAccount } }] });
    fixture = TestBed.createComponent(DeleteAccount);
  });

  it('wants the address typed, and the password', async () => {
    await show(ADA);
    expect(ready()).toBe(false);
    await type('ada@example.com');
    expect(ready()).toBe(false);
    await type('Ada@Example.com ', 'a long password');
    expect(ready()).toBe(true);
    await type('ada@example.co', 'a long password');
    expect(ready()).toBe(false);
    button().click();
    expect(deleted).toEqual([]);
  });

  it('takes what is sent right behind the last letter, before the button is drawn again', async () => {
    await show(ADA);
    enter('ada@example.com', 'a long password');
    button().click();
    expect(deleted).toEqual(['a long password']);
  });

  it('wants a word of who has no address and no password', async () => {
    await show({ ...ADA, email: null, hasPassword: false, isGuest: true });
    await type('delete');
    button().click();
    expect(deleted).toEqual([undefined]);
  });

  it('says that the password was wrong', async () => {
    refusal = new Failure('FORBIDDEN', 'no');
    await show(ADA);
    await type('ada@example.com', 'wrong');
    button().click();
    await fixture.whenStable();
    expect(page().querySelector('[role=alert]')?.textContent).toBe(
      'This is not the password of this account.',
    );
  });
});
