import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiClient, textOf } from './support/api-client.js';
import { Browser } from './support/browser.js';
import { startInstallation, type Installation } from './support/installation.js';
import { CLIENT, startOpenIdProvider, type OpenIdProvider, type Person } from './support/open-id-provider.js';

const SITE = 'https://chat.example.com';
const COOKIE = 'rivulet_sign_in';
const VIEWER = '{ viewer { id email displayName isGuest hasPassword } }';

describe('signing in with an OpenID provider', () => {
  let provider: OpenIdProvider;
  let rivulet: Installation;
  let url: string;
  let ada: Person;

  beforeAll(async () => {
    provider = await startOpenIdProvider(`${SITE}/auth/oidc/callback`);
    rivulet = await startInstallation('one process', {
      env: {
        PUBLIC_URL: SITE,
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: CLIENT.id,
        OIDC_CLIENT_SECRET: CLIENT.secret,
        OIDC_NAME: 'Example',
      },
    });
    url = rivulet.apis[0].url;
  });
  afterAll(async () => {
    await rivulet.stop();
    await provider.close();
  });
  beforeEach(() => {
    const sub = randomUUID();
    ada = { sub, email: `${sub}@example.com`, email_verified: true, name: 'Ada Lovelace' };
    provider.person = ada;
  });

  function browserOf(client = new ApiClient(url)): Browser {
    const browser = new Browser({ [SITE]: url });
    if (client.cookie) browser.setCookie(SITE, client.cookie);
    return browser;
  }

  const onPage = ({ origin, pathname }: URL) => origin === SITE && !pathname.startsWith('/auth');

  /** Goes to the provider and back; returns the page that the browser ends on. */
  async function signIn(browser: Browser): Promise<string> {
    const { pathname, search } = await browser.follow(`${SITE}/auth/oidc`, onPage);
    return pathname + search;
  }

  function clientOf(browser: Browser): ApiClient {
    return new ApiClient(url, `${COOKIE}=${browser.cookie(SITE, COOKIE) ?? ''}`);
  }

  async function viewerOf(client: ApiClient): Promise<Record<string, unknown> | null> {
    return (await client.data<{ viewer: Record<string, unknown> | null }>(VIEWER)).viewer;
  }

  it('is offered to whoever is not signed in', async () => {
    expect(await new ApiClient(url).data('{ installation { openIdConnect { name path } } }')).toEqual({
      installation: { openIdConnect: { name: 'Example', path: '/auth/oidc' } },
    });
  });

  it('makes an account, and finds it again whatever the address is then', async () => {
    const browser = browserOf();
    expect(await signIn(browser)).toBe('/');
    const seen = await viewerOf(clientOf(browser));
    expect(seen).toMatchObject({ email: ada.email, displayName: 'Ada Lovelace', hasPassword: false });
    provider.person = { ...ada, email: `new-${ada.email}` };
    const again = browserOf();
    expect(await signIn(again)).toBe('/');
    expect(await viewerOf(clientOf(again))).toEqual(seen);
  });

  it('keeps the chats of a guest, new account or not', async () => {
    for (let round = 0; round < 2; round += 1) {
      const guest = await ApiClient.guest(url);
      const session = await guest.start('Hello', 'openai/echo');
      expect(textOf(await guest.allEvents(session.id))).toBe('You said: Hello');
      const browser = browserOf(guest);
      expect(await signIn(browser)).toBe('/');
      expect(await clientOf(browser).history(session.chat.id)).toHaveLength(2);
      expect(await viewerOf(guest)).toBeNull();
    }
  });

  it('counts for the account what a guest has used', async () => {
    for (const messages of [1, 2]) {
      const guest = await ApiClient.guest(url);
      await guest.allEvents((await guest.start('Hello', 'openai/echo')).id);
      const browser = browserOf(guest);
      expect(await signIn(browser)).toBe('/');
      expect(await clientOf(browser).data('{ viewer { usage { messagesToday { used } } } }')).toEqual({
        viewer: { usage: { messagesToday: { used: messages } } },
      });
    }
  });

  it('opens the account that one was signed in to, from then on', async () => {
    const client = await ApiClient.signedUp(url, `other-${ada.email}`);
    const seen = await viewerOf(client);
    expect(await signIn(browserOf(client))).toBe('/');
    const browser = browserOf();
    expect(await signIn(browser)).toBe('/');
    expect(await viewerOf(clientOf(browser))).toEqual(seen);
  });

  it('lets nobody set a password for free who has one, and whoever has none set their first', async () => {
    const browser = browserOf();
    await signIn(browser);
    const client = clientOf(browser);
    const change = (currentPassword?: string) =>
      client.request(
        'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { hasPassword } }',
        { input: { newPassword: 'battery staple', currentPassword } },
      );
    expect(await change()).toEqual({ data: { changePassword: { hasPassword: true } } });
    expect(await change()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    await new ApiClient(url).signIn(ada.email ?? '', 'battery staple');
  });

  it('begins on the page, not on others that send somebody here', async () => {
    for (const [site, begins] of [
      ['cross-site', false],
      ['same-site', false],
      ['same-origin', true],
      ['none', true],
    ] as const) {
      const response = await fetch(`${url}/auth/oidc`, {
        headers: { 'sec-fetch-site': site },
        redirect: 'manual',
      });
      expect(response.headers.get('location')?.startsWith(provider.issuer)).toBe(begins);
      expect(response.headers.getSetCookie()).toHaveLength(begins ? 1 : 0);
    }
  });

  it('takes nobody’s account over by its address', async () => {
    await ApiClient.signedUp(url, ada.email ?? '');
    const browser = browserOf();
    expect(await signIn(browser)).toBe('/sign-in?problem=email-taken');
    expect(browser.cookie(SITE, COOKIE)).toBeUndefined();
  });

  it.each<[string, (person: Person) => Person | undefined, string]>([
    ['who says no', () => undefined, 'cancelled'],
    ['without an address', ({ sub }) => ({ sub }), 'email-missing'],
    [
      'with an address that is not theirs',
      (person) => ({ ...person, email_verified: false }),
      'email-unverified',
    ],
  ])('leads somebody back %s', async (_what, change, problem) => {
    provider.person = change(ada);
    expect(await signIn(browserOf())).toBe(`/sign-in?problem=${problem}`);
  });

  describe('the way back', () => {
    /** The address that the provider sends the browser back to. */
    const wayBack = (browser: Browser) =>
      browser.follow(`${SITE}/auth/oidc`, ({ pathname }) => pathname === '/auth/oidc/callback');
    const page = async (browser: Browser, back: URL) => {
      const { pathname, search } = await browser.follow(back.href, onPage);
      return pathname + search;
    };

    it('is for the browser that began, and no other', async () => {
      const back = await wayBack(browserOf());
      const other = browserOf();
      expect(await page(other, back)).toBe('/sign-in?problem=expired');
      await wayBack(other);
      expect(await page(other, back)).toBe('/sign-in?problem=failed');
      expect(other.cookie(SITE, COOKIE)).toBeUndefined();
    });

    it('can be gone once', async () => {
      const browser = browserOf();
      const back = await wayBack(browser);
      expect(await page(browser, back)).toBe('/');
      expect(await page(browser, back)).toBe('/sign-in?problem=expired');
    });

    it.each([
      ['without a code', (query: URLSearchParams) => query.delete('code')],
      ['with a code of another', (query: URLSearchParams) => query.set('code', 'x')],
      ['with another state', (query: URLSearchParams) => query.set('state', 'x')],
      ['from another issuer', (query: URLSearchParams) => query.set('iss', 'https://other.example.com')],
    ])('leads nowhere %s', async (_what, change) => {
      const browser = browserOf();
      const back = await wayBack(browser);
      change(back.searchParams);
      expect(await page(browser, back)).toBe('/sign-in?problem=failed');
      expect(browser.cookie(SITE, COOKIE)).toBeUndefined();
    });
  });
});

describe('without an OpenID provider that answers', () => {
  it('leads back to the page', async () => {
    const gone = await startOpenIdProvider(`${SITE}/auth/oidc/callback`);
    await gone.close();
    const env = { PUBLIC_URL: SITE, OIDC_ISSUER: gone.issuer, OIDC_CLIENT_ID: CLIENT.id };
    const rivulet = await startInstallation('one process', { env });
    try {
      const browser = new Browser({ [SITE]: rivulet.apis[0].url });
      const { href } = await browser.follow(`${SITE}/auth/oidc`, () => true);
      expect(href).toBe(`${SITE}/sign-in?problem=provider-unavailable`);
    } finally {
      await rivulet.stop();
    }
  });
});
