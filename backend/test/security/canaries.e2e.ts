import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { eventually } from '../faults/waiting.js';
import { ApiClient, untilText } from '../support/api-client.js';
import { Gate } from '../support/gate.js';
import { MODES, startInstallation, type Installation } from '../support/installation.js';
import type { ProviderServer } from '../support/provider-server/provider-server.js';
import type { Scenario } from '../support/provider-server/scenarios.js';
import type { ScriptedReply } from '../support/provider-server/scripted-reply.js';
import { startRivulet } from '../support/rivulet-process.js';
import { Canaries } from './support/canaries.js';
import { redisContents, tableContents } from './support/contents.js';

/** Where replies are by design: the log that readers come back to, and the replies that are asked for again. */
const KEPT_REPLIES = /^rivulet:(events|response-cache):/;
/** Where chats are. */
const KEPT_CHATS = /^public\.(messages|chats|attachments)$/;

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** All that a provider was sent, its key and the prompt included, as it might tell us in an error. */
function echoOf({ request }: ScriptedReply): string {
  return JSON.stringify({ ...request.headers, ...request.body });
}

/** Providers that fail in the middle, or at once, and say too much when they do. */
const INDISCRETIONS: Readonly<Record<string, (words: string) => Scenario>> = {
  'a refusal': () => (reply) =>
    reply.refuse({ status: 401, code: 'invalid_api_key', message: echoOf(reply) }),
  'a fault': () => (reply) => reply.refuse({ status: 400, code: echoOf(reply), message: echoOf(reply) }),
  'an error in mid-stream': (words) => async (reply) => {
    await reply.start();
    await reply.text(words);
    const message = JSON.stringify(echoOf(reply));
    await reply.raw(reply.format.overload().replaceAll(/"message":"[^"]*"/g, `"message":${message}`));
    reply.close();
  },
  'no JSON in mid-stream': (words) => async (reply) => {
    await reply.start();
    await reply.text(words);
    await reply.raw(`event: content_block_delta\ndata: {"oh no ${echoOf(reply)}\n\n`);
    reply.close();
  },
  'a page': () => async (reply) => {
    reply.head({ 'content-type': 'text/html' });
    await reply.raw(`<!doctype html>${echoOf(reply)}`);
    reply.close();
  },
};
const PROVIDERS = ['openai', 'anthropic', 'xai', 'local'];

const START =
  'mutation ($input: StartChatSessionInput!) { startChatSession(input: $input) { session { id } } }';
const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { id } }';
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { id } }';
const CHANGE_PASSWORD = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { id } }';
const UPLOAD = 'mutation ($input: UploadAttachmentInput!) { uploadAttachment(input: $input) { id } }';
const RENAME = 'mutation ($id: ID!, $title: String!) { renameChat(id: $id, title: $title) { id } }';
const CREATE_TOKEN = 'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret } }';

describe.each(MODES)('prompts, keys, passwords and tokens, with %s', (mode) => {
  const canaries = new Canaries();
  const prompt = canaries.hatch('prompt');
  const systemPrompt = canaries.hatch('system prompt');
  const reply = canaries.hatch('reply');
  const title = canaries.hatch('title');
  const fileName = canaries.hatch('file name');
  const fileText = canaries.hatch('file text');
  const password = canaries.hatch('password');
  const wrongPassword = canaries.hatch('wrong password');
  const keys = Object.fromEntries(PROVIDERS.map((name) => [name, canaries.hatch(`key of ${name}`)]));
  /** Answers with errors, by what was asked. */
  const errors: [string, string][] = [];
  /** What the queue held while there was something to do. */
  const jobs: [string, string][] = [];
  let rivulet: Installation;
  let ada: ApiClient;

  const processes = () => [...new Set([...rivulet.apis, ...rivulet.workers])];

  /** Sends a request over both transports, and keeps what is said if that fails. */
  async function provoke(
    what: string,
    body: string | object,
    headers: Record<string, string> = ada.headers,
  ): Promise<void> {
    for (const path of ['/graphql', '/graphql/stream']) {
      const response = await fetch(ada.url + path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: path === '/graphql' ? 'application/json' : 'text/event-stream',
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const answer = await response.text();
      expect(`${what}: ${answer}`).toContain('"errors":');
      errors.push([`${what} over ${path}`, answer]);
    }
  }

  async function onDatabase<T>(use: (db: Client) => Promise<T>, name?: string): Promise<T> {
    const url = new URL(rivulet.databaseUrl);
    if (name) url.pathname = name;
    const db = new Client({ connectionString: url.href });
    await db.connect();
    try {
      return await use(db);
    } finally {
      await db.end();
    }
  }

  async function lookAtJobs(when: string): Promise<void> {
    const contents = rivulet.env['REDIS_URL']
      ? await redisContents(rivulet.env['REDIS_URL'])
      : await tableContents(rivulet.databaseUrl);
    for (const [name, content] of contents) if (/^bull/.test(name)) jobs.push([`${name} ${when}`, content]);
  }

  /** A reply that is in its middle. */
  async function begin(): Promise<{ gate: Gate; chatId: string; rest: () => Promise<unknown> }> {
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario([reply], ['']);
    const session = await ada.start(prompt, 'openai/gated', { cache: 'BYPASS' });
    const events = ada.events(session.id);
    await untilText(events, reply);
    return { gate, chatId: session.chat.id, rest: () => Array.fromAsync(events) };
  }

  async function useNormally(): Promise<void> {
    canaries.add('sign-in', ada.cookie.split('=')[1] ?? '');
    const { secret } = await ada.createToken();
    canaries.add('API token', secret);
    const program = ApiClient.withToken(ada.url, secret);
    rivulet.scenarios['echo'] = async (script) => {
      await script.start();
      await script.reasoning(reply);
      await script.text(reply);
      await script.end();
    };
    for (const provider of PROVIDERS) {
      const { id } = await program.upload(fileName, 'text/plain', fileText);
      const attached = { systemPrompt, attachmentIds: [id] };
      const session = await program.start(prompt, `${provider}/echo`, attached);
      await fetch(`${ada.url}/attachments/${id}`, { headers: ada.headers });
      await ada.allEvents(session.id);
      await ada.data(RENAME, { id: session.chat.id, title });
    }
    const { gate, rest } = await begin();
    await lookAtJobs('while a reply is made');
    gate.open();
    await rest();
    const elsewhere = new ApiClient(ada.url);
    await elsewhere.signIn('ada@example.com', password);
    canaries.add('other sign-in', elsewhere.cookie.split('=')[1] ?? '');
    await elsewhere.data('mutation { signOut }');
  }

  async function failAtProviders(): Promise<void> {
    for (const [name, scenario] of Object.entries(INDISCRETIONS)) {
      rivulet.scenarios['gated'] = scenario(reply);
      const failures = PROVIDERS.map(async (provider) => {
        const session = await ada.start(prompt, `${provider}/gated`, { cache: 'BYPASS' });
        const events = await ada.allEvents(session.id);
        expect([provider, name, events.at(-1)?.__typename]).toEqual([provider, name, 'ErrorEvent']);
        errors.push([`${name} of ${provider}`, JSON.stringify(events.at(-1))]);
      });
      await Promise.all(failures);
    }
  }

  async function sendNonsense(): Promise<void> {
    const input = { prompt, modelId: 'openai/echo' };
    const signIn = { email: 'ada@example.com', password: wrongPassword };
    const nonsense: Record<string, string | object> = {
      'no JSON': `{ "query": "${START}", "variables": { "input": { "prompt": "${prompt}" `,
      'no document': { query: `mutation { startChatSession(input: { prompt: "${prompt}` },
      'a literal of another type': {
        query: `mutation { signIn(input: { email: "x", password: ["${wrongPassword}"] }) { id } }`,
      },
      'a literal that is no enum': {
        query: `mutation { startChatSession(input: { prompt: "x", modelId: "x", cache: "${prompt}" }) { session { id } } }`,
      },
      'a variable of another type': {
        query: SIGN_IN,
        variables: { input: { ...signIn, password: [wrongPassword] } },
      },
      'a variable that is no enum': { query: START, variables: { input: { ...input, cache: prompt } } },
      'a variable that is no object': { query: START, variables: { input: prompt } },
      'a field too many': {
        query: SIGN_UP,
        variables: { input: { ...signIn, email: 'x@example.com', more: wrongPassword } },
      },
      'a field too few': { query: START, variables: { input: { prompt } } },
      'variables that are none': { query: START, variables: prompt },
      'a prompt that is too long': {
        query: START,
        variables: { input: { ...input, prompt: prompt.repeat(20_000) } },
      },
      'a title that is too long': { query: RENAME, variables: { id: prompt, title: title.repeat(100) } },
      'a system prompt that is too long': {
        query: START,
        variables: { input: { ...input, systemPrompt: systemPrompt.repeat(300) } },
      },
      'a file that is none': {
        query: UPLOAD,
        variables: { input: { name: fileName, mediaType: 'video/mp4', data: base64(fileText) } },
      },
      'a file whose name is none': {
        query: UPLOAD,
        variables: { input: { name: `/${fileName}`, mediaType: 'text/plain', data: base64(fileText) } },
      },
      'a file that is no base64': {
        query: UPLOAD,
        variables: { input: { name: fileName, mediaType: 'text/plain', data: `${fileText}!` } },
      },
      'a file of nobody': { query: START, variables: { input: { ...input, attachmentIds: [fileText] } } },
      'no such model': { query: START, variables: { input: { prompt, modelId: prompt } } },
      'a wrong password': { query: SIGN_IN, variables: { input: signIn } },
      'an account that is there': {
        query: SIGN_UP,
        variables: { input: { ...signIn, email: 'ada@example.com' } },
      },
      'a password that is too short': {
        query: SIGN_UP,
        variables: { input: { email: 'x@example.com', password: wrongPassword.slice(0, 9) } },
      },
      'a wrong current password': {
        query: CHANGE_PASSWORD,
        variables: { input: { currentPassword: wrongPassword, newPassword: password } },
      },
    };
    for (const [what, body] of Object.entries(nonsense)) await provoke(what, body);
    const nobody = canaries.hatch('API token of nobody');
    await provoke('a token of nobody', { query: '{ viewer { id } }' }, { authorization: `Bearer ${nobody}` });
    await provoke(
      'a cookie of nobody',
      { query: START, variables: { input } },
      { cookie: `rivulet_sign_in=${nobody}` },
    );
  }

  /** Statements that fail with all their values in hand. */
  async function failInStatements(): Promise<void> {
    const { gate, rest } = await begin();
    const tables = await onDatabase(async (db) => {
      const { rows } = await db.query<{ name: string }>(
        `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
      );
      for (const { name } of rows)
        await db.query(`ALTER TABLE ${name} ADD CONSTRAINT fails CHECK (false) NOT VALID`);
      return rows.map(({ name }) => name);
    });
    gate.open();
    await provoke('a start that fails', {
      query: START,
      variables: { input: { prompt, modelId: 'openai/echo' } },
    });
    await provoke('a file that fails', {
      query: UPLOAD,
      variables: { input: { name: fileName, mediaType: 'text/plain', data: base64(fileText) } },
    });
    await provoke(
      'a sign-up that fails',
      { query: SIGN_UP, variables: { input: { email: 'grace@example.com', password } } },
      {},
    );
    await provoke(
      'a sign-in that fails',
      { query: SIGN_IN, variables: { input: { email: 'ada@example.com', password } } },
      {},
    );
    await provoke('a change of the password that fails', {
      query: CHANGE_PASSWORD,
      variables: { input: { currentPassword: password, newPassword: wrongPassword } },
    });
    await provoke('an API token that fails', { query: CREATE_TOKEN, variables: { input: { name: 'x' } } });
    await eventually('the worker tells of its failure', () =>
      processes().some((one) => one.output().includes('could not be saved yet')),
    );
    await onDatabase(async (db) => {
      for (const name of tables) await db.query(`ALTER TABLE ${name} DROP CONSTRAINT fails`);
    });
    await rest();
  }

  async function failWithoutDatabase(): Promise<void> {
    const { chatId, gate, rest } = await begin();
    const name = new URL(rivulet.databaseUrl).pathname.slice(1);
    const allow = (allowed: boolean) =>
      onDatabase(async (db) => {
        await db.query(`ALTER DATABASE "${name}" WITH ALLOW_CONNECTIONS ${allowed}`);
        await db.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
      }, 'postgres');
    await allow(false);
    gate.open();
    await provoke('a start without a database', {
      query: START,
      variables: { input: { prompt, modelId: 'openai/echo' } },
    });
    await provoke('a title without a database', { query: RENAME, variables: { id: chatId, title } });
    await provoke(
      'a sign-in without a database',
      { query: SIGN_IN, variables: { input: { email: 'ada@example.com', password } } },
      {},
    );
    await allow(true);
    await rest();
  }

  async function failWithoutRedis(url: string): Promise<void> {
    const redis = new Redis(url);
    const { gate, rest } = await begin();
    await redis.config('SET', 'maxmemory', '1');
    gate.open();
    const session = await ada.start(prompt, 'openai/gated', { cache: 'BYPASS' });
    await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await redis.config('SET', 'maxmemory', '0');
    await rest();
    await ada.allEvents(session.id);
    await lookAtJobs('after Redis was full');
    redis.disconnect();
  }

  async function failBesideGraphql(): Promise<void> {
    const signIn = await fetch(`${ada.url}/auth/oidc`, { redirect: 'manual' });
    errors.push(['/auth/oidc', `${signIn.headers.get('location')} ${await signIn.text()}`]);
    const webhook = await fetch(`${ada.url}/billing/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': 't=1,v1=00' },
      body: JSON.stringify({ id: 'evt_1', prompt }),
    });
    expect(webhook.status).toBeGreaterThanOrEqual(400);
    errors.push(['/billing/webhook', await webhook.text()]);
  }

  beforeAll(async () => {
    const env = ({ openAiUrl }: ProviderServer) => ({
      OPENAI_API_KEY: keys['openai'] ?? '',
      ANTHROPIC_API_KEY: keys['anthropic'] ?? '',
      XAI_API_KEY: keys['xai'] ?? '',
      COMPATIBLE_SERVERS: `local=${openAiUrl}|${keys['local']}`,
      OIDC_ISSUER: 'http://127.0.0.1:9',
      OIDC_CLIENT_ID: 'rivulet',
      OIDC_CLIENT_SECRET: canaries.hatch('client secret'),
      BILLING_WEBHOOK_SECRET: canaries.hatch('webhook secret'),
      PUBLIC_URL: 'http://127.0.0.1:9',
    });
    rivulet = await startInstallation(mode, { env });
    ada = await ApiClient.signedUp(rivulet.apis[0].url, 'ada@example.com', password);
    await useNormally();
    await failAtProviders();
    await sendNonsense();
    await failInStatements();
    await failWithoutDatabase();
    if (rivulet.env['REDIS_URL']) await failWithoutRedis(rivulet.env['REDIS_URL']);
    await failBesideGraphql();
  }, 300_000);
  afterAll(() => rivulet.stop());

  it('are in nothing that a process prints', () => {
    const printed = processes().map((one, i): [string, string] => [`process ${i}`, one.output()]);
    expect(canaries.inAll(printed)).toEqual([]);
    const all = printed.map(([, text]) => text).join('\n');
    // What failed was told, without them.
    for (const told of ['PROVIDER_REJECTED', 'reference ', 'fails', 'could not be saved yet'])
      expect(all).toContain(told);
  });

  it('are in nothing that a process prints before it dies of what nobody expected', async () => {
    const secret = canaries.hatch('secret of an error');
    const dying = await startRivulet({
      ...rivulet.env,
      NODE_OPTIONS: `--import ${join(import.meta.dirname, 'support/mortal.mjs')}`,
      CARRIED_BY_THE_ERROR: secret,
    });
    process.kill(dying.pid, 'SIGUSR2');
    await eventually('the process has died', () => !dying.isRunning());
    await eventually('it has said why', () => dying.output().includes('nobody expected this'));
    expect(canaries.in(dying.output())).toEqual([]);
  });

  it('are not in the log of the PostgreSQL that comes along', async () => {
    const log = await rivulet.databaseLog();
    expect(log).toContain('ready to accept connections');
    expect(canaries.in(log)).toEqual([]);
  });

  it('are in no figure', async () => {
    const figures = processes().map(async ({ url }, i): Promise<[string, string]> => [
      `/metrics of process ${i}`,
      await (await fetch(`${url}/metrics`)).text(),
    ]);
    expect(canaries.inAll(await Promise.all(figures))).toEqual([]);
  });

  it('are in no job', () => {
    expect(jobs.length).toBeGreaterThan(0);
    expect(canaries.inAll(jobs)).toEqual([]);
  });

  it('are in no error, whatever failed', () => {
    expect(canaries.inAll(errors)).toEqual([]);
  });

  it('are in no table but for chats, which are where chats are', async () => {
    const tables = await tableContents(rivulet.databaseUrl);
    const [chats, others] = parted(tables, KEPT_CHATS);
    expect(canaries.inAll(others)).toEqual([]);
    expect(canaries.inAll(chats, /^(system prompt|prompt|reply|title|file name|file text)$/)).toEqual([]);
    // They can be found, so that not finding them means something.
    expect(canaries.inAll(chats).length).toBeGreaterThan(2);
  });

  it('are in no name and no value of Redis but for replies, which are where replies are', async () => {
    if (!rivulet.env['REDIS_URL']) return;
    const contents = await redisContents(rivulet.env['REDIS_URL']);
    expect(canaries.in([...contents.keys()].join('\n'))).toEqual([]);
    const [replies, others] = parted(contents, KEPT_REPLIES);
    expect(canaries.inAll(others)).toEqual([]);
    expect(canaries.inAll(replies, /^reply$/)).toEqual([]);
    expect(canaries.inAll(replies).length).toBeGreaterThan(0);
  });
});

/** The entries whose names match, and the others. */
function parted(
  entries: ReadonlyMap<string, string>,
  names: RegExp,
): [[string, string][], [string, string][]] {
  const all = [...entries];
  return [all.filter(([name]) => names.test(name)), all.filter(([name]) => !names.test(name))];
}
