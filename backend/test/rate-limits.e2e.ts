import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient } from './support/api-client.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';
import { startRivulet } from './support/rivulet-process.js';

const USER = 20;
const TOKEN = 8;
const ADDRESS = 40;

interface Refusal {
  readonly errors: readonly { readonly extensions: Record<string, unknown> }[];
}

interface Sender {
  readonly url: string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
}

/** A request as any program sends it, past every client. */
function send({ url, path = '/graphql', method = 'POST', headers, query = '{ __typename }' }: Sender) {
  return fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'POST' && { body: JSON.stringify({ query }) }),
  });
}

/** An address that nobody has used, as a proxy in front tells of it. */
let addresses = 0;
const from = (address = `203.0.113.${++addresses}`) => ({ 'x-forwarded-for': address });

describe.each(MODES)('how often one may come, with %s', (mode) => {
  let rivulet: Installation;

  beforeAll(async () => {
    const env = {
      RATE_LIMIT_USER: `${USER}`,
      RATE_LIMIT_TOKEN: `${TOKEN}`,
      RATE_LIMIT_ADDRESS: `${ADDRESS}`,
    };
    rivulet = await startInstallation(mode, { env });
  });
  afterAll(() => rivulet.stop());

  /** Sends so many requests, to one API process after the other, all of which are let in. */
  async function sendAll(count: number, sender: Omit<Sender, 'url'>): Promise<void> {
    for (let i = 0; i < count; i++) {
      const response = await send({ url: rivulet.apis[i % 2 ? 1 : 0].url, ...sender });
      await response.body?.cancel();
      expect(response.status).toBeLessThan(300);
    }
  }

  async function expectRefused(response: Response): Promise<void> {
    expect(response.status).toBe(429);
    const seconds = Number(response.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    const { errors } = (await response.json()) as Refusal;
    expect(errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    expect(Math.ceil(Number(errors[0]?.extensions['retryAfterMs']) / 1000)).toBe(seconds);
  }

  /** Somebody who was let in once, from an address of their own: the cookie, and that address. */
  async function guest(): Promise<Record<string, string>> {
    const response = await send({
      url: rivulet.apis[0].url,
      query: 'mutation { continueAsGuest { id } }',
      headers: from(),
    });
    return { cookie: response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '' };
  }

  it('refuses an address that comes too often, whichever process it asks, and nobody else', async () => {
    const headers = from();
    await sendAll(ADDRESS, { headers });
    for (const { url } of rivulet.apis) {
      await expectRefused(await send({ url, headers }));
      expect((await send({ url, headers: from() })).status).toBe(200);
    }
  });

  it.each([
    ['with no proxy in front', '0', ''],
    ['with one, which says what it saw', '1', ', 203.0.113.250'],
  ])('does not believe where somebody says that they come from, %s', async (_what, TRUSTED_PROXIES, seen) => {
    // It counts for itself: to the others, these tests come from this machine.
    const api = await startRivulet({ ...rivulet.env, REDIS_URL: '', TRUSTED_PROXIES });
    const statuses: number[] = [];
    for (let i = 0; i <= ADDRESS; i++) {
      const headers = from(`198.51.100.${i}${seen}`);
      statuses.push((await send({ url: api.url, headers })).status);
    }
    await api.terminate();
    expect(statuses[0]).toBe(200);
    expect(statuses.at(-1)).toBe(429);
  });

  it('takes the addresses of an IPv6 network for one', async () => {
    const network = `2001:db8:0:${randomUUID().slice(0, 4)}`;
    for (let i = 1; i <= ADDRESS; i++) await sendAll(1, { headers: from(`${network}::${i}`) });
    await expectRefused(await send({ url: rivulet.apis[0].url, headers: from(`${network}:5:6:7:8`) }));
    expect((await send({ url: rivulet.apis[0].url, headers: from('2001:db8:1::1') })).status).toBe(200);
  });

  it('refuses a user who comes too often, wherever they come from', async () => {
    const [ada, grace] = [await guest(), await guest()];
    for (let i = 0; i < USER; i++) await sendAll(1, { headers: { ...ada, ...from() } });
    for (const { url } of rivulet.apis) {
      await expectRefused(await send({ url, headers: { ...ada, ...from() } }));
      expect((await send({ url, headers: { ...grace, ...from() } })).status).toBe(200);
    }
  });

  it('refuses a token that comes too often, and neither its user nor another token of theirs', async () => {
    const ada = await ApiClient.signedUp(rivulet.apis[0].url, 'ada@example.com');
    const bearer = async () => ({ authorization: `Bearer ${(await ada.createToken()).secret}` });
    const [one, other] = [await bearer(), await bearer()];
    for (let i = 0; i < TOKEN; i++) await sendAll(1, { headers: { ...one, ...from() } });
    for (const { url } of rivulet.apis) {
      await expectRefused(await send({ url, headers: { ...one, ...from() } }));
      expect((await send({ url, headers: { ...other, ...from() } })).status).toBe(200);
      expect((await send({ url, headers: { cookie: ada.cookie, ...from() } })).status).toBe(200);
    }
  });

  it('counts what all tokens of a user do as done by that user', async () => {
    const grace = await ApiClient.signedUp(rivulet.apis[0].url, 'grace@example.com');
    const secrets = [await grace.createToken(), await grace.createToken(), await grace.createToken()];
    // What made the tokens was done by that user as well.
    for (let i = secrets.length; i < USER; i++) {
      const { secret = '' } = secrets[i % secrets.length] ?? {};
      await sendAll(1, { headers: { authorization: `Bearer ${secret}`, ...from() } });
    }
    const { url } = rivulet.apis[1];
    const token = { authorization: `Bearer ${secrets[0]?.secret}` };
    for (const credential of [{ cookie: grace.cookie }, token]) {
      await expectRefused(await send({ url, headers: { ...credential, ...from() } }));
    }
  });

  it('counts streams as it counts everything else, in both modes of graphql-sse', async () => {
    const headers = from();
    const path = '/graphql/stream';
    await sendAll(ADDRESS / 2, { path, headers: { ...headers, accept: 'text/event-stream' } });
    await sendAll(ADDRESS / 2, { headers });
    for (const method of ['PUT', 'GET', 'POST', 'DELETE']) {
      for (const accept of ['text/event-stream', 'application/json']) {
        const { url } = rivulet.apis[1];
        await expectRefused(await send({ url, path, method, headers: { ...headers, accept } }));
      }
    }
  });

  it.each([
    ['exports', 'GET', '/export/chats.json'],
    ['attachments', 'GET', '/attachments/0'],
    ['sign-ins with an OpenID provider', 'GET', '/auth/oidc'],
    ['what a payment service tells', 'POST', '/billing/webhook'],
  ])('counts %s as it counts everything else', async (_what, method, path) => {
    const headers = from();
    await sendAll(ADDRESS, { headers });
    await expectRefused(await send({ url: rivulet.apis[1].url, path, method, headers }));
  });

  it('executes nothing for who is refused, and reads nothing', async () => {
    const ada = await ApiClient.guest(rivulet.apis[0].url);
    const headers = { ...from(), cookie: ada.cookie };
    const query =
      'mutation { startChatSession(input: { prompt: "Hi", modelId: "openai/echo" }) { session { id } } }';
    await sendAll(USER, { headers });
    await expectRefused(await send({ url: ada.url, headers, query }));
    const unreadable = await fetch(`${ada.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{ no JSON',
    });
    await expectRefused(unreadable);
    expect(rivulet.provider.requests).toHaveLength(0);
  });

  it('lets supervisors and pages through, however often they ask', async () => {
    const headers = from();
    await sendAll(ADDRESS, { headers });
    for (const path of ['/health', '/health/live', '/metrics']) {
      const { url } = rivulet.apis[0];
      expect((await send({ url, path, method: 'GET', headers })).status).toBe(200);
    }
    const page = await send({ url: rivulet.apis[0].url, path: '/nothing.js', method: 'GET', headers });
    expect(page.status).toBe(404);
  });
});
