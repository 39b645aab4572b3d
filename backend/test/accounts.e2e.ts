import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { eventually } from './faults/waiting.js';
import { ApiClient, textOf } from './support/api-client.js';
import { startInstallation, type Installation } from './support/installation.js';
import { startRivulet } from './support/rivulet-process.js';

const PASSWORD = 'correct horse';
const VIEWER = '{ viewer { id email displayName isGuest isAdmin hasPassword } }';
const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { id } }';
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { id } }';
const CHANGE = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { hasPassword } }';
const DELETE = 'mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) }';

interface SeenViewer {
  readonly id: string;
  readonly email: string | null;
  readonly isGuest: boolean;
  readonly isAdmin: boolean;
}

describe('accounts', () => {
  let rivulet: Installation;
  let url: string;
  let email: string;

  beforeAll(async () => {
    rivulet = await startInstallation('one process');
    url = rivulet.apis[0].url;
    await ApiClient.signedUp(url, 'first@example.com');
  });
  afterAll(() => rivulet.stop());
  beforeEach(() => {
    email = `${randomUUID()}@example.com`;
  });

  async function viewer(client: ApiClient): Promise<SeenViewer | null> {
    return (await client.data<{ viewer: SeenViewer | null }>(VIEWER)).viewer;
  }

  async function signedIn(): Promise<ApiClient> {
    const client = new ApiClient(url);
    await client.signIn(email, PASSWORD);
    return client;
  }

  /** A chat with one reply, and its text. */
  async function chatOf(client: ApiClient): Promise<string> {
    const session = await client.start('Hello', 'openai/echo');
    expect(textOf(await client.allEvents(session.id))).toBe('You said: Hello');
    return session.chat.id;
  }

  it('are made by an address and a password, and found again by them', async () => {
    const ada = await ApiClient.signedUp(url, ` ${email.toUpperCase()} `);
    const seen = await viewer(ada);
    expect(seen).toMatchObject({ email, isGuest: false, isAdmin: false, hasPassword: true });
    expect(await viewer(await signedIn())).toEqual(seen);
  });

  it('have an administrator: whoever came first', async () => {
    const first = new ApiClient(url);
    await first.signIn('first@example.com', PASSWORD);
    expect(await viewer(first)).toMatchObject({ isAdmin: true });
  });

  it.each([
    ['guest', () => ApiClient.guest(url)],
    ['account', () => ApiClient.signedUp(url, email)],
  ])('stay who they are where a page of theirs takes a signed-in %s for nobody', async (_what, enter) => {
    const somebody = await enter();
    const before = await viewer(somebody);
    const chatId = await chatOf(somebody);
    expect(await somebody.data('mutation { continueAsGuest { id } }')).toEqual({
      continueAsGuest: { id: before?.id },
    });
    expect(await viewer(somebody)).toEqual(before);
    expect(await somebody.data('query ($id: ID!) { chat(id: $id) { id } }', { id: chatId })).toEqual({
      chat: { id: chatId },
    });
  });

  it('keep the chats of the guest who signs up', async () => {
    const guest = await ApiClient.guest(url);
    const id = (await viewer(guest))?.id;
    const chatId = await chatOf(guest);
    await guest.signUp(email, PASSWORD);
    expect(await viewer(guest)).toMatchObject({ id, email, isGuest: false });
    expect(await (await signedIn()).history(chatId)).toHaveLength(2);
  });

  it('take over the chats of the guest who signs in', async () => {
    const ada = await ApiClient.signedUp(url, email);
    const guest = await ApiClient.guest(url);
    const chatId = await chatOf(guest);
    await guest.signIn(email, PASSWORD);
    expect(await viewer(guest)).toEqual(await viewer(ada));
    expect(await ada.history(chatId)).toHaveLength(2);
  });

  it('take nothing from another account whose user signs in to them', async () => {
    const ada = await ApiClient.signedUp(url, email);
    const chatId = await chatOf(ada);
    await ApiClient.signedUp(url, `other-${email}`);
    await ada.signIn(`other-${email}`, PASSWORD);
    expect(await viewer(ada)).toMatchObject({ email: `other-${email}` });
    expect(await ada.errorCode('query ($id: ID!) { chat(id: $id) { id } }', { id: chatId })).toBe(
      'NOT_FOUND',
    );
    expect(await (await signedIn()).history(chatId)).toHaveLength(2);
  });

  it('are opened by a new cookie each time, and no more by the one before', async () => {
    const guest = await ApiClient.guest(url);
    const before = guest.on(url);
    await guest.signUp(email, PASSWORD);
    const between = guest.on(url);
    expect(await viewer(before)).toBeNull();
    await guest.signIn(email, PASSWORD);
    expect(await viewer(between)).toBeNull();
    expect(await viewer(guest)).toMatchObject({ email });
  });

  it('are not opened by a token that was made when they were a guest’s', async () => {
    const guest = await ApiClient.guest(url);
    const program = ApiClient.withToken(url, (await guest.createToken()).secret);
    expect(await viewer(program)).toMatchObject({ isGuest: true });
    await guest.signUp(email, PASSWORD);
    expect(await program.errorCode(VIEWER)).toBe('UNAUTHENTICATED');
  });

  it('show scripts no cookie, and send it in the clear only where there is no TLS', async () => {
    const cookie = async (headers: Record<string, string>) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: 'mutation { continueAsGuest { id } }' }),
      });
      return response.headers.getSetCookie()[0];
    };
    expect(await cookie({})).toMatch(/; HttpOnly; SameSite=Lax$/);
    expect(await cookie({ 'x-forwarded-proto': 'https' })).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
  });

  it.each([
    ['an address that is none', { email: 'ada' }, 'VALIDATION_FAILED'],
    ['a password that is too short', { password: 'too short' }, 'VALIDATION_FAILED'],
    ['a name that is none', { displayName: 'a\nb' }, 'VALIDATION_FAILED'],
    ['an address that is taken', { email: 'First@Example.com' }, 'CONFLICT'],
  ])('are not made with %s', async (_what, input, code) => {
    const stranger = new ApiClient(url);
    expect(await stranger.errorCode(SIGN_UP, { input: { email, password: PASSWORD, ...input } })).toBe(code);
    expect(await viewer(stranger)).toBeNull();
  });

  it('answer an unknown address and a wrong password with the same words', async () => {
    await ApiClient.signedUp(url, email);
    const answers = ['nobody@example.com', email].map((address) =>
      new ApiClient(url).request(SIGN_IN, { input: { email: address, password: 'wrong password' } }),
    );
    const [unknown, wrong] = await Promise.all(answers);
    expect(wrong).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(unknown).toEqual(wrong);
  });

  it('bear so many wrong passwords, those that nobody has as well', async () => {
    await ApiClient.signedUp(url, email);
    const strict = await startRivulet({ ...rivulet.env, RATE_LIMIT_SIGN_IN: '3' });
    try {
      const stranger = new ApiClient(strict.url);
      for (const address of [email, `nobody-${email}`]) {
        const input = { email: address, password: 'wrong password' };
        for (let tries = 0; tries < 3; tries += 1) {
          expect(await stranger.errorCode(SIGN_IN, { input })).toBe('UNAUTHENTICATED');
        }
        expect(await stranger.errorCode(SIGN_IN, { input: { ...input, password: PASSWORD } })).toBe(
          'RATE_LIMITED',
        );
      }
      // One document with many tries is no way around it.
      const aliases = Array.from({ length: 8 }, (_, i) => `t${i}: signIn(input: $input) { id }`).join(' ');
      const { errors } = await stranger.request(`mutation ($input: SignInInput!) { ${aliases} }`, {
        input: { email: `other-${email}`, password: 'wrong password' },
      });
      const codes = errors?.map(({ extensions }) => extensions['code']);
      expect(codes?.filter((code) => code === 'UNAUTHENTICATED').length).toBeLessThanOrEqual(3);
    } finally {
      await strict.terminate();
    }
  });

  it('bear so many wrong passwords from one address, over all accounts', async () => {
    await ApiClient.signedUp(url, email);
    const strict = await startRivulet({ ...rivulet.env, RATE_LIMIT_SIGN_IN: '1' });
    const codeOf = async (address: string, account: string, password: string): Promise<unknown> => {
      const response = await fetch(`${strict.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ query: SIGN_IN, variables: { input: { email: account, password } } }),
      });
      const { errors } = (await response.json()) as { errors?: [{ extensions: { code: string } }] };
      return errors?.[0].extensions.code;
    };
    try {
      // Five times as many as of one account.
      for (let tries = 0; tries < 5; tries += 1) {
        expect(await codeOf('192.0.2.1', `${tries}-${email}`, 'wrong password')).toBe('UNAUTHENTICATED');
      }
      expect(await codeOf('192.0.2.1', email, PASSWORD)).toBe('RATE_LIMITED');
      expect(await codeOf('192.0.2.2', email, PASSWORD)).toBeUndefined();
    } finally {
      await strict.terminate();
    }
  });

  it('are signed out of everywhere at once; tokens stay', async () => {
    const ada = await ApiClient.signedUp(url, email);
    const [elsewhere, token] = [await signedIn(), await ada.createToken()];
    expect(await viewer(elsewhere)).toMatchObject({ email });
    await ada.data('mutation { signOutEverywhere }');
    expect(await viewer(ada)).toBeNull();
    expect(await viewer(elsewhere)).toBeNull();
    expect(await viewer(ApiClient.withToken(url, token.secret))).toMatchObject({ email });
  });

  it('change their password, which ends every other sign-in', async () => {
    const ada = await ApiClient.signedUp(url, email);
    const elsewhere = await signedIn();
    const input = { currentPassword: 'wrong password', newPassword: 'battery staple' };
    expect(await ada.errorCode(CHANGE, { input })).toBe('FORBIDDEN');
    expect(await viewer(elsewhere)).toMatchObject({ email });
    await ada.data(CHANGE, { input: { ...input, currentPassword: PASSWORD } });
    expect(await viewer(elsewhere)).toBeNull();
    expect(await viewer(ada)).toMatchObject({ email });
    await expect(signedIn()).rejects.toThrow('UNAUTHENTICATED');
    await new ApiClient(url).signIn(email, 'battery staple');
  });

  it('are deleted with all that hangs on them', async () => {
    const ada = await ApiClient.signedUp(url, email);
    const [elsewhere, token] = [await signedIn(), await ada.createToken()];
    await chatOf(ada);
    expect(await ada.errorCode(DELETE, { input: { password: 'wrong password' } })).toBe('FORBIDDEN');
    expect(await ada.data(DELETE, { input: { password: PASSWORD } })).toEqual({ deleteAccount: true });
    expect(await viewer(ada)).toBeNull();
    expect(await viewer(elsewhere)).toBeNull();
    expect(await ApiClient.withToken(url, token.secret).errorCode(VIEWER)).toBe('UNAUTHENTICATED');
    await ApiClient.signedUp(url, email);
  });

  it('keep no password and no secret as they are', async () => {
    const ada = await ApiClient.signedUp(url, email, 'seen nowhere');
    const { secret } = await ada.createToken();
    const db = new Client(rivulet.databaseUrl);
    await db.connect();
    const { rows } = await db.query<{ kept: string }>(
      `SELECT u::text || coalesce(t::text, '') || coalesce(s::text, '') AS kept FROM users u
       LEFT JOIN api_tokens t ON t."userId" = u.id LEFT JOIN sign_ins s ON s."userId" = u.id`,
    );
    await db.end();
    const kept = rows.map((row) => row.kept).join('\n');
    expect(kept).toContain(email);
    for (const shown of ['seen nowhere', secret, ada.cookie.split('=')[1] ?? '']) {
      for (const form of [shown, Buffer.from(shown).toString('hex')]) expect(kept).not.toContain(form);
    }
  });

  it('come from no OpenID provider where none is configured', async () => {
    const { status } = await fetch(`${url}/auth/oidc`, { redirect: 'manual' });
    expect(status).toBe(404);
    expect(await new ApiClient(url).data('{ installation { openIdConnect { path } } }')).toEqual({
      installation: { openIdConnect: null },
    });
  });

  it('may be had by nobody where the installation takes none', async () => {
    const closed = await startRivulet({ ...rivulet.env, SIGN_UP: 'off', AUTH_GUESTS: 'false' });
    try {
      const stranger = new ApiClient(closed.url);
      expect(await stranger.data('{ installation { signUpAllowed guestsAllowed } }')).toEqual({
        installation: { signUpAllowed: false, guestsAllowed: false },
      });
      expect(await stranger.errorCode(SIGN_UP, { input: { email, password: PASSWORD } })).toBe('FORBIDDEN');
      expect(await stranger.errorCode('mutation { continueAsGuest { id } }')).toBe('FORBIDDEN');
      await stranger.signIn('first@example.com', PASSWORD);
    } finally {
      await closed.terminate();
    }
  });

  it('have the administrator that the installation names, before and after their account is made', async () => {
    await ApiClient.signedUp(url, email);
    const other = `other-${email}`;
    for (const [ADMIN_EMAIL, enter] of [
      [email.toUpperCase(), (client: ApiClient) => client.signIn(email, PASSWORD)],
      [other, (client: ApiClient) => client.signUp(other, PASSWORD)],
    ] as const) {
      const named = await startRivulet({ ...rivulet.env, ADMIN_EMAIL });
      try {
        const admin = new ApiClient(named.url);
        await enter(admin);
        expect(await viewer(admin)).toMatchObject({ isAdmin: true });
      } finally {
        await named.terminate();
      }
    }
  });
});

describe('guests who do not come back', () => {
  let rivulet: Installation;
  beforeAll(async () => {
    rivulet = await startInstallation('two API and two worker processes on Redis', {
      env: { GUEST_RETENTION_DAYS: '7' },
    });
  });
  afterAll(() => rivulet.stop());

  it('are gone with the next round of a worker, and others stay', async () => {
    const [gone, here] = [
      await ApiClient.guest(rivulet.apis[0].url),
      await ApiClient.guest(rivulet.apis[0].url),
    ];
    const db = new Client(rivulet.databaseUrl);
    await db.connect();
    const { viewer } = await gone.data<{ viewer: { id: string } }>('{ viewer { id } }');
    for (const [table, key] of [
      ['users', 'id'],
      ['sign_ins', 'userId'],
    ])
      await db.query(`UPDATE ${table} SET "createdAt" = now() - interval '8 days' WHERE "${key}" = $1`, [
        viewer.id,
      ]);
    await db.end();
    // Every worker begins with a round.
    await rivulet.addWorker();
    await eventually('is gone', async () => (await gone.data('{ viewer { id } }'))['viewer'] === null);
    expect((await here.data('{ viewer { id } }'))['viewer']).not.toBeNull();
  });
});
