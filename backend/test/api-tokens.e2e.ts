import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, textOf } from './support/api-client.js';
import { startInstallation, type Installation } from './support/installation.js';

const TOKENS = '{ viewer { apiTokens { id name scopes expiresAt lastUsedAt } } }';
const REVOKE = 'mutation ($id: ID!) { revokeApiToken(id: $id) { id } }';
const START =
  'mutation { startChatSession(input: { prompt: "Hi", modelId: "openai/echo" }) { session { id } } }';

describe('API tokens', () => {
  let rivulet: Installation;
  let url: string;
  let ada: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation('one process');
    url = rivulet.apis[0].url;
    ada = await ApiClient.signedUp(url, 'ada@example.com');
  });
  afterAll(() => rivulet.stop());

  it('let a program chat, over both transports', async () => {
    const program = ApiClient.withToken(url, (await ada.createToken()).secret);
    const session = await program.start('Hello', 'openai/echo');
    expect(textOf(await program.allEvents(session.id))).toBe('You said: Hello');
    expect(await ada.history(session.chat.id)).toHaveLength(2);
  });

  it('are listed without their secrets, with what they may and when they were used', async () => {
    const grace = await ApiClient.signedUp(url, 'grace@example.com');
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { id, secret } = await grace.createToken({ name: 'Reader', scopes: ['CHAT_READ'], expiresAt });
    const { viewer } = await grace.data<{ viewer: unknown }>(TOKENS);
    expect(viewer).toEqual({
      apiTokens: [{ id, name: 'Reader', scopes: ['CHAT_READ'], expiresAt, lastUsedAt: null }],
    });
    await ApiClient.withToken(url, secret).data('{ viewer { id } }');
    expect(await grace.data(TOKENS)).toMatchObject({
      viewer: { apiTokens: [{ lastUsedAt: expect.any(String) as unknown }] },
    });
  });

  it('do no more than their scopes say', async () => {
    const [reader, writer] = await Promise.all(
      ['CHAT_READ', 'CHAT_WRITE'].map(async (scope) =>
        ApiClient.withToken(url, (await ada.createToken({ scopes: [scope] })).secret),
      ),
    );
    const session = await ada.start('Hello', 'openai/echo');
    expect(textOf((await reader?.allEvents(session.id)) ?? [])).toBe('You said: Hello');
    expect(await reader?.errorCode(START)).toBe('FORBIDDEN');
    expect(await writer?.data(START)).toBeDefined();
    expect(await writer?.errorCode('{ chats { edges { cursor } } }')).toBe('FORBIDDEN');
    await expect(writer?.allEvents(session.id)).rejects.toThrow('FORBIDDEN');
  });

  it.each([
    ['list tokens', TOKENS],
    ['make tokens', 'mutation { createApiToken(input: { name: "x" }) { secret } }'],
    ['sign out everywhere', 'mutation { signOutEverywhere }'],
    ['change the password', 'mutation { changePassword(input: { newPassword: "long enough" }) { id } }'],
    ['delete the account', 'mutation { deleteAccount(input: { password: "correct horse" }) }'],
    ['become somebody else', 'mutation { continueAsGuest { id } }'],
  ])('never %s', async (_what, query) => {
    const program = ApiClient.withToken(url, (await ada.createToken()).secret);
    expect(await program.errorCode(query)).toBe('FORBIDDEN');
  });

  it.each([
    ['empty', ''],
    ['unknown', 'rvl_nothing'],
    ['endless', 'x'.repeat(10_000)],
  ])('are not taken for nobody when they are %s', async (_what, secret) => {
    const program = ApiClient.withToken(url, secret);
    expect(await program.errorCode('{ viewer { id } }')).toBe('UNAUTHENTICATED');
    expect(await program.errorCode('{ plans { id } }')).toBe('UNAUTHENTICATED');
    await expect(program.allEvents('any')).rejects.toThrow('UNAUTHENTICATED');
  });

  it('are no cookies, and cookies are no tokens', async () => {
    const secret = ada.cookie.split('=')[1] ?? '';
    expect(await ApiClient.withToken(url, secret).errorCode('{ viewer { id } }')).toBe('UNAUTHENTICATED');
    const token = await ada.createToken();
    await ApiClient.withToken(url, token.secret).data('{ viewer { id } }');
    const browser = new ApiClient(url, `rivulet_sign_in=${token.secret}`);
    expect(await browser.data('{ viewer { id } }')).toEqual({ viewer: null });
  });

  it('count more than the cookie that comes along', async () => {
    const { secret } = await ada.createToken({ scopes: ['CHAT_READ'] });
    const ask = async (authorization: string) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: ada.cookie, authorization },
        body: JSON.stringify({ query: START }),
      });
      return await response.json();
    };
    expect(await ask(`Bearer ${secret}`)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect(await ask('Bearer x')).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('open nothing once they are revoked, by their owner alone', async () => {
    const { id, secret } = await ada.createToken();
    const program = ApiClient.withToken(url, secret);
    await program.data('{ viewer { id } }');
    const other = await ApiClient.signedUp(url, 'other@example.com');
    expect(await other.errorCode(REVOKE, { id })).toBe('NOT_FOUND');
    expect(await ada.data(REVOKE, { id })).toEqual({ revokeApiToken: { id } });
    expect(await program.errorCode('{ viewer { id } }')).toBe('UNAUTHENTICATED');
    expect(await ada.errorCode(REVOKE, { id })).toBe('NOT_FOUND');
  });

  it('open nothing once their time is over', async () => {
    const { secret } = await ada.createToken({ expiresAt: new Date(Date.now() + 1_000).toISOString() });
    const program = ApiClient.withToken(url, secret);
    const codes = new Set<unknown>();
    while (!codes.has('UNAUTHENTICATED')) {
      const { errors } = await program.request('{ viewer { id } }');
      codes.add(errors?.[0]?.extensions['code']);
    }
    expect([...codes]).toEqual([undefined, 'UNAUTHENTICATED']);
  });
});
