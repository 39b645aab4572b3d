import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildSchema, getIntrospectionQuery, isRequiredArgument, type GraphQLSchema } from 'graphql';
import { ApiClient } from '../support/api-client.js';
import { startInstallation, type Installation } from '../support/installation.js';
import { COLLECTABLE, metric } from '../support/process-figures.js';
import { startRivulet, type RivuletProcess } from '../support/rivulet-process.js';
import { TRANSPORTS, type GraphqlParams } from './support/transports.js';
import { expectUnharmed } from './support/unharmed.js';

const MEGABYTE = 1024 * 1024;
const times = (count: number, piece: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => piece(i)).join(' ');

/** Each asks for more than one may, in its own way. */
const BOMBS: Readonly<Record<string, GraphqlParams>> = {
  'a document of great depth': {
    query: `{ chatSession(id: "x") ${'{ chat { activeSession '.repeat(30)}{ id } ${'} }'.repeat(30)} }`,
  },
  'depth in fragments': {
    query: `{ chatSession(id: "x") { ...F0 } } ${times(
      30,
      (i) => `fragment F${i} on ChatSession { chat { activeSession { ...F${i + 1} } } }`,
    )} fragment F30 on ChatSession { id }`,
  },
  'many aliases': { query: `{ ${times(100, (i) => `a${i}: viewer { id }`)} }` },
  'aliases of mutations': { query: `mutation { ${times(100, (i) => `a${i}: continueAsGuest { id }`)} }` },
  'many directives': { query: `{ ${'__typename @skip(if: false) '.repeat(100)} }` },
  'directives that nobody knows': { query: `{ __typename ${times(400, (i) => `@a${i}`)} }` },
  'more tokens than one may have': {
    query: `mutation { createApiToken(input: { name: "A", scopes: [${'CHAT_READ '.repeat(5_000)}] }) { secret } }`,
  },
  'brackets without end': { query: '['.repeat(90_000) },
  'braces without end': { query: '{ a '.repeat(20_000) },
  'an answer of many values': {
    query: `{ ${times(20, (i) => `a${i}: chats(first: 100) { edges { node { id title activeSession { id status } } } }`)} }`,
  },
  'pages whose size is a variable': {
    query: `query ($n: Int = 1) { ${times(25, (i) => `a${i}: chats(first: $n) { edges { node { id title updatedAt createdAt } } }`)} }`,
    variables: { n: 100 },
  },
  'fragments that double each other': {
    query: `{ viewer { ...F0 } } ${times(
      60,
      (i) => `fragment F${i} on User { ...F${i + 1} ...F${i + 1} }`,
    )} fragment F60 on User { id }`,
  },
  'a fragment in itself': { query: '{ viewer { ...F } } fragment F on User { id ...F }' },
  'introspection in circles': {
    query: `{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }`,
  },
  'introspection many times': {
    query: `{ ${times(20, (i) => `a${i}: __schema { ...F }`)} } fragment F on __Schema { types { name fields { name } } }`,
  },
  'a document of lines': { query: `${'\n'.repeat(3 * MEGABYTE)}{ ${times(100, (i) => `a${i}`)} }` },
  'a name of megabytes': { query: `{ ${'a'.repeat(3 * MEGABYTE)} }` },
  'a comment of megabytes': { query: `{ nothing } #${'x'.repeat(3 * MEGABYTE)}` },
  'values that are said again in every error': {
    query: 'mutation ($input: StartChatSessionInput!) { startChatSession(input: $input) { session { id } } }',
    variables: {
      input: {
        ...Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`a${i}`, i])),
        prompt: 'x'.repeat(3 * MEGABYTE),
      },
    },
  },
};

const INTROSPECTION: readonly GraphqlParams[] = [
  { query: getIntrospectionQuery() },
  { query: '{ __type(name: "User") { name } }' },
];

/** Names that are nearly right, in the document and in its variables. */
const MISSPELT: readonly GraphqlParams[] = [
  { query: '{ viewr { id } }' },
  { query: '{ viewer { displayNam } }' },
  {
    query: 'mutation ($input: StartChatSessionInput!) { startChatSession(input: $input) { session { id } } }',
    variables: { input: { prompt: 'Hi', modelId: 'demo/rivulet', cache: 'USED' } },
  },
  {
    query: 'mutation ($input: StartChatSessionInput!) { startChatSession(input: $input) { session { id } } }',
    variables: { input: { prompt: 'Hi', modelId: 'demo/rivulet', cach: 'USE' } },
  },
];

/** Every query of the schema that has pages. */
const PAGED = Object.values(schema().getQueryType()?.getFields() ?? {}).flatMap(({ name, args }) => {
  const size = args.find((argument) => ['first', 'last'].includes(argument.name));
  if (!size) return [];
  const others = args.filter((argument) => argument !== size && isRequiredArgument(argument));
  const given = others.map((argument) => `, ${argument.name}: "0"`).join('');
  return [`{ ${name}(${size.name}: SIZE${given}) { __typename } }`];
});

function schema(): GraphQLSchema {
  return buildSchema(readFileSync(join(import.meta.dirname, '../../../schema.graphql'), 'utf8'));
}

/** Of the processor's time, for one of them. Without bounds, several of them would take ten times as much. */
const MAX_SECONDS = 2;

describe('documents that ask for too much', () => {
  let rivulet: Installation;
  let ada: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation('one process', { env: COLLECTABLE });
    ada = await ApiClient.guest(rivulet.apis[0].url);
  });
  afterAll(() => rivulet.stop());

  describe.each(TRANSPORTS)('over $name', (transport) => {
    it.each(Object.entries(BOMBS))('are refused with a code and a short answer: %s', async (_what, bomb) => {
      const { data, errors = [] } = await transport.send(ada, bomb);
      expect(data ?? null).toBeNull();
      expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(
        new Set(['VALIDATION_FAILED']),
      );
      expect(JSON.stringify(errors).length).toBeLessThan(10_000);
    });

    it('leave the server as it was', async () => {
      await expectUnharmed(rivulet.apis[0], async () => {
        for (const bomb of Object.values(BOMBS)) await transport.send(ada, bomb);
      });
    });

    it('are refused the second time as they were the first', async () => {
      const { errors } = await transport.send(ada, { query: 'subscription { messageTokens { sequence } }' });
      const again = await transport.send(ada, { query: 'subscription { messageTokens { sequence } }' });
      expect(again.errors).toEqual(errors);
      expect(errors).toMatchObject([{ extensions: { code: 'VALIDATION_FAILED' } }]);
    });

    it('do not include the introspection of GraphiQL', async () => {
      const { data, errors } = await transport.send(ada, { query: getIntrospectionQuery() });
      expect(errors).toBeUndefined();
      expect(data).toHaveProperty('__schema');
    });
  });

  it('are refused before they cost much', async () => {
    const [process] = rivulet.apis;
    for (const [what, bomb] of Object.entries(BOMBS)) {
      const before = await metric(process.url, 'process_cpu_seconds_total');
      for (const transport of TRANSPORTS) await transport.send(ada, bomb);
      const seconds = (await metric(process.url, 'process_cpu_seconds_total')) - before;
      expect({ what, cheap: seconds < MAX_SECONDS * TRANSPORTS.length, seconds }).toMatchObject({
        cheap: true,
      });
    }
  });

  it.each(PAGED)('include every page of no size or of too many: %s', async (query) => {
    for (const size of [0, -1, 101, 2 ** 31 - 1]) {
      // Administrators have pages that others are not asked about.
      expect(['VALIDATION_FAILED', 'FORBIDDEN']).toContain(
        await ada.errorCode(query.replace('SIZE', `${size}`)),
      );
    }
  });
});

describe('the schema', () => {
  let rivulet: RivuletProcess;
  let dataDir: string;

  const start = async (env: Readonly<Record<string, string>>): Promise<ApiClient> => {
    rivulet = await startRivulet({ DATA_DIR: dataDir, NODE_ENV: 'production', ...env });
    return new ApiClient(rivulet.url);
  };
  /** Over all transports. */
  const answers = async (api: ApiClient, params: GraphqlParams): Promise<string[]> =>
    Promise.all(TRANSPORTS.map(async (transport) => JSON.stringify(await transport.send(api, params))));

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rivulet-data-'));
  });
  afterEach(async () => {
    await rivulet.terminate();
    await rm(dataDir, { recursive: true });
  });

  it('is not told in production, neither by introspection nor by suggestions', async () => {
    const api = await start({});
    for (const params of [...INTROSPECTION, ...MISSPELT]) {
      for (const answer of await answers(api, params)) {
        expect(answer).toContain('VALIDATION_FAILED');
        expect(answer).not.toContain('Did you mean');
      }
    }
    expect((await fetch(`${api.url}/playground/`)).status).toBe(404);
  });

  it('is told in production where the installation asks for it', async () => {
    const api = await start({ GRAPHQL_INTROSPECTION: 'true', PLAYGROUND: 'true' });
    for (const params of INTROSPECTION) {
      for (const answer of await answers(api, params)) expect(answer).toContain('"name":"User"');
    }
    for (const params of MISSPELT) {
      for (const answer of await answers(api, params)) expect(answer).toContain('Did you mean');
    }
    expect((await fetch(`${api.url}/playground/`)).status).toBe(200);
  });
});
