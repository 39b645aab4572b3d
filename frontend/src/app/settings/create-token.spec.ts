import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { CreateToken } from './create-token';
import type { NewToken } from './tokens-api';
import { TokensStore } from './tokens-store';

describe(CreateToken.name, () => {
  let fixture: ComponentFixture<CreateToken>;
  let created: NewToken[];

  const page = () => fixture.nativeElement as HTMLElement;
  const name = () => page().querySelector<HTMLInputElement>('app-text-field input')!;
  const scopes = () => Array.from(page().querySelectorAll<HTMLInputElement>('fieldset input'));
  const submit = async () => {
    page()
      .querySelector('form')!
      .dispatchEvent(new Event('submit', { cancelable: true }));
    await fixture.whenStable();
    // What the answer changed.
    await fixture.whenStable();
  };
  const type = async (text: string) => {
    name().value = text;
    name().dispatchEvent(new Event('input'));
    await fixture.whenStable();
  };

  beforeEach(async () => {
    created = [];
    const create = (token: NewToken) => Promise.resolve(void created.push(token));
    TestBed.configureTestingModule({ providers: [{ provide: TokensStore, useValue: { create } }] });
    fixture = TestBed.createComponent(CreateToken);
    await fixture.whenStable();
  });

  it('asks for a name, and leads to it', async () => {
    document.body.append(page());
    await submit();
    expect(created).toEqual([]);
    expect(page().textContent).toContain('A name tells you later what it is for.');
    expect(document.activeElement).toBe(name());
    expect(name().getAttribute('aria-invalid')).toBe('true');
  });

  it('makes no token that opens nothing', async () => {
    await type('Backup');
    for (const box of scopes()) box.click();
    await submit();
    expect(created).toEqual([]);
    expect(page().querySelector('[role=alert]')?.textContent).toBe('Without a scope it would open nothing.');
  });

  it('makes a token that ends by itself, unless asked otherwise', async () => {
    await type(' Backup ');
    scopes()[1]?.click();
    await submit();
    expect(created).toMatchObject([{ name: 'Backup', scopes: ['CHAT_READ'] }]);
    expect(Date.parse(created[0]?.expiresAt ?? '')).toBeGreaterThan(Date.now());
    expect(name().value).toBe('');

    await type('For ever');
    const lifetime = page().querySelector('select')!;
    lifetime.value = '0';
    lifetime.dispatchEvent(new Event('change'));
    await submit();
    expect(created[1]?.expiresAt).toBeNull();
  });
});
