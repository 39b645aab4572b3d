import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  GraphQLID,
  isObjectType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { ApiClient, textOf, untilText, type StreamedEvent } from '../support/api-client.js';
import { Gate } from '../support/gate.js';
import { MODES, startInstallation, type Installation } from '../support/installation.js';
import { furnish, ID_OWNERS, idsOf, type Estate } from './support/estate.js';
import { rowsWith, type Row } from './support/owned-rows.js';
import {
  documentOf,
  idPaths,
  missingArguments,
  nestedArguments,
  rootFields,
  withValue,
  type Arguments,
  type RootField,
} from './support/root-fields.js';
import { TRANSPORTS, type GraphqlResult, type Transport } from './support/transports.js';

/**
 * What an operation needs besides the id that is tried, to work for whoever owns that. Those that need nothing else
 * have no line here.
 */
const OTHER_ARGUMENTS: Readonly<Record<string, (own: Estate) => Arguments>> = {
  chatHistory: ({ ids }) => ({ chatId: ids['chat'] }),
  renameChat: () => ({ title: 'Another title' }),
  startChatSession: ({ ids }) => ({
    input: { prompt: 'Hi', modelId: 'openai/echo', chatId: ids['chat'] },
  }),
  movePinnedModel: () => ({ modelId: 'openai/echo' }),
  updateChatSettings: ({ ids }) => ({ id: ids['chat'], input: { systemPrompt: 'Be kind.' } }),
  regenerateMessage: ({ ids }) => ({ input: { messageId: ids['assistantMessage'] } }),
  compareMessage: ({ ids }) => ({
    input: { messageId: ids['assistantMessage'], modelId: 'openai/echo', cache: 'USE' },
  }),
  continueMessage: ({ ids }) => ({ input: { messageId: ids['assistantMessage'] } }),
  setAccountPlan: ({ ids }) => ({ input: { accountId: ids['user'], planId: 'free' } }),
};

/** Models and plans have no owner, and a cursor is a place in a list: of hers they say what they say of nobody's ids. */
const UNOWNED = ['modelId', 'planId', 'after', 'before'];
/** Models and plans by their names, and the cursor of a list of long ago. */
const PUBLIC_IDS = ['openai/echo', 'free', '1-1'];
/** What is no id at all. */
const NONSENSE = ['', 'x', '0', '\u0000', '\ud800', '__proto__', "' OR 1=1 --", '../x', 'x'.repeat(10_000)];

/** Requests of one user at a time: so many streams may be reserved and not be opened yet. */
const AT_ONCE = 10;

/** A way to name an id to the server. */
interface Trial {
  readonly root: RootField;
  readonly path: readonly string[];
}

function trialsOf(schema: GraphQLSchema): Trial[] {
  return rootFields(schema).flatMap((root) => idPaths(root).map((path) => ({ root, path })));
}

function nameOf({ root, path }: Trial): string {
  return `${root.kind} ${root.field.name}(${path.join('.')})`;
}

function argumentsOf({ root, path }: Trial, own: Estate, id: string): Arguments {
  return withValue(OTHER_ARGUMENTS[root.field.name]?.(own) ?? {}, path, id);
}

function takesOwnedIds({ path }: Trial): boolean {
  return !UNOWNED.includes(path.at(-1) ?? '');
}

/** Subscriptions come over streams alone. */
function transportsOf({ root }: Trial): readonly Transport[] {
  return root.kind === 'subscription' ? TRANSPORTS.slice(1) : TRANSPORTS;
}

function codeOf({ errors }: GraphqlResult): string {
  return errors ? (errors[0]?.extensions.code ?? 'no code') : 'an answer';
}

describe.each(MODES)('two users, with %s', (mode) => {
  const gate = new Gate();
  let rivulet: Installation;
  let schema: GraphQLSchema;
  let admin: ApiClient;
  let ada: ApiClient;
  let hers: Estate;
  let herReply: AsyncGenerator<StreamedEvent>;
  let herEvents: StreamedEvent[];
  let herRows: Row[];
  let mallory: ApiClient;
  let his: Estate;

  const ask = (asker: ApiClient, transport: Transport, { root }: Trial, args: Arguments) =>
    transport.send(asker, { query: documentOf(schema, root, args), variables: args });

  beforeAll(async () => {
    rivulet = await startInstallation(mode, { env: { IDLE_TIMEOUT_SECONDS: '3600' } });
    const [{ url }, elsewhere] = rivulet.apis;
    // The first account is the administrator's.
    admin = await ApiClient.signedUp(url, 'admin@example.com');
    schema = buildClientSchema(
      await admin.data<IntrospectionQuery & Record<string, unknown>>(getIntrospectionQuery()),
    );
    ada = await ApiClient.signedUp(url, 'ada@example.com', 'the password of ada');
    const finished = await furnish(ada);
    rivulet.scenarios['gated'] = gate.scenario(['so far'], [', and on']);
    const running = await ada.start('Her running reply', 'openai/gated');
    herReply = ada.events(running.id);
    herEvents = await untilText(herReply, 'so far');
    hers = {
      ids: { ...finished.ids, ...idsOf(running, 'running ') },
      words: [...finished.words, 'ada@example.com', 'Her running reply', 'so far'],
    };
    herRows = await rowsWith(rivulet.databaseUrl, Object.values(hers.ids));
    mallory = await ApiClient.signedUp(elsewhere.url, 'mallory@example.com');
    his = await furnish(mallory);
  });
  afterAll(() => rivulet.stop());

  /** What an answer tells of hers, beyond the id that was asked with. */
  function leaksOf(answer: GraphqlResult, asked: string): string[] {
    const told = JSON.stringify(answer).replaceAll(asked, '');
    return [...Object.values(hers.ids), ...hers.words].filter((secret) => told.includes(secret));
  }

  it('knows of every type that has ids whose they are', () => {
    const types = Object.values(schema.getTypeMap()).filter(
      (type) => isObjectType(type) && getNamedType(type.getFields()['id']?.type) === GraphQLID,
    );
    expect(types.map(({ name }) => name).filter((name) => !(name in ID_OWNERS))).toEqual([]);
    // Those could take ids as well, and are called by nothing here.
    expect(nestedArguments(schema)).toEqual([]);
  });

  it('lets each of them do everything with ids of their own', async () => {
    const grace = await ApiClient.signedUp(rivulet.apis[0].url, 'grace@example.com');
    const problems: string[] = [];
    for (const trial of trialsOf(schema)) {
      const own = await furnish(grace);
      const [transport] = transportsOf(trial);
      const codes = new Set<string>();
      for (const asker of [grace, admin]) {
        for (const id of [...Object.values(own.ids), ...PUBLIC_IDS]) {
          if (!transport || codes.has('an answer')) break;
          const args = argumentsOf(trial, own, id);
          const missing = missingArguments(trial.root, args);
          codes.add(
            missing.length > 0
              ? `without ${missing.join()}`
              : codeOf(await ask(asker, transport, trial, args)),
          );
        }
      }
      if (!codes.has('an answer')) {
        problems.push(`${nameOf(trial)}: ${[...codes].join()}. What else does it need? See OTHER_ARGUMENTS.`);
      }
    }
    expect(problems).toEqual([]);
  }, 180_000);

  it.each(['a browser', 'a program'])(
    'says NOT_FOUND of every id of the other one, to every operation on every way, to %s',
    async (who) => {
      const token = await mallory.createToken();
      const asker = who === 'a browser' ? mallory : ApiClient.withToken(mallory.url, token.secret);
      const problems: string[] = [];
      for (const trial of trialsOf(schema)) {
        for (const transport of transportsOf(trial)) {
          const codeFor = async (id: string) =>
            codeOf(await ask(asker, transport, trial, argumentsOf(trial, his, id)));
          const nobodys = await codeFor(randomUUID());
          const expected = takesOwnedIds(trial) && nobodys !== 'FORBIDDEN' ? 'NOT_FOUND' : nobodys;
          const tryWith = async ([kind, id]: [string, string]) => {
            const answer = await ask(asker, transport, trial, argumentsOf(trial, his, id));
            const told = `${nameOf(trial)} over ${transport.name} with her ${kind}: ${codeOf(answer)}`;
            if (codeOf(answer) !== expected) problems.push(told);
            for (const leak of leaksOf(answer, id)) problems.push(`${told} and ${leak}`);
          };
          const tries = Object.entries(hers.ids);
          while (tries.length > 0) await Promise.all(tries.splice(0, AT_ONCE).map(tryWith));
        }
      }
      expect(problems).toEqual([]);
    },
    180_000,
  );

  it('knows what is no id from what broke', async () => {
    const problems: string[] = [];
    for (const trial of trialsOf(schema)) {
      const [transport] = transportsOf(trial);
      const tries = NONSENSE.map(async (id) => {
        const answer = transport && (await ask(mallory, transport, trial, argumentsOf(trial, his, id)));
        if (answer && codeOf(answer) === 'INTERNAL') {
          problems.push(`${nameOf(trial)} with ${JSON.stringify(id.slice(0, 20))}`);
        }
      });
      await Promise.all(tries);
    }
    expect(problems).toEqual([]);
  });

  it('shows nobody what belongs to somebody else where no id is asked for', async () => {
    const problems: string[] = [];
    for (const root of rootFields(schema).filter(({ kind }) => kind === 'query')) {
      const trial: Trial = { root, path: [] };
      if (missingArguments(root, {}).length > 0) continue;
      const [transport] = transportsOf(trial);
      const answer = transport && (await ask(mallory, transport, trial, {}));
      for (const leak of answer ? leaksOf(answer, '-') : [])
        problems.push(`${root.field.name} tells ${leak}`);
    }
    expect(problems).toEqual([]);
  });

  it('leads nobody to a session by the key that somebody else made it with', async () => {
    const key = { idempotencyKey: randomUUID() };
    const [one, other] = await Promise.all([
      admin.start('With a key', 'openai/echo', key),
      mallory.start('With the same key', 'openai/echo', key),
    ]);
    expect(one.id).not.toBe(other.id);
    expect((await admin.start('With a key', 'openai/echo', key)).id).toBe(one.id);
  });

  it('has changed nothing of hers, and her reply goes on', async () => {
    expect(await rowsWith(rivulet.databaseUrl, Object.values(hers.ids))).toEqual(herRows);
    gate.open();
    const rest = await Array.fromAsync(herReply);
    expect(textOf([...herEvents, ...rest])).toBe('so far, and on');
    expect(rest.at(-1)?.message?.status).toBe('COMPLETE');
    expect(await ada.data('{ viewer { id } }')).toEqual({ viewer: { id: hers.ids['user'] } });
    const again = new ApiClient(ada.url);
    await again.signIn('ada@example.com', 'the password of ada');
    const program = ApiClient.withToken(ada.url, hers.words[1] ?? '');
    expect(await program.data('{ viewer { id } }')).toEqual({ viewer: { id: hers.ids['user'] } });
  });
});
