import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { ApiClient, textOf } from '../support/api-client.js';
import { MODES, startInstallation, type Installation } from '../support/installation.js';
import type { Scenario } from '../support/provider-server/scenarios.js';
import { anyArguments, documentOf, rootFields, textPaths, withValue } from './support/root-fields.js';

/** What JSON can say, and PostgreSQL (NUL) or UTF-8 (the halves of a pair) cannot. */
const UNSPEAKABLE = ['\0', '\ud800', '\udc00', 'a\0b', 'half \ud83d of a pair', '\udc00\ud800'];

const RENAME = 'mutation ($id: ID!, $title: String!) { renameChat(id: $id, title: $title) { title } }';
const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { displayName } }';

/** Text and reasoning with everything in it that must not stay, in pieces that cut a pair in two. */
const MANGLED: Scenario = async (reply) => {
  await reply.start();
  await reply.reasoning('th\0ink', '\ud800', ' \ud83d', '\ude00');
  await reply.text('a\0b', ' \ud83d', '\ude00', ' \ud800', ' \udc00', ' \ud83d');
  // Bytes that are no UTF-8 at all.
  const [before = '', after = ''] = reply.format.text(' BYTES').split('BYTES');
  await reply.raw(Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xc3]), Buffer.from(after)]));
  await reply.end();
};
const MENDED = 'ab \u{1f600} \ufffd \ufffd \ufffd \ufffd\ufffd';

describe.each(MODES)('text that cannot be kept as it is, with %s', (mode) => {
  let rivulet: Installation;
  let ada: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation(mode);
    ada = await ApiClient.signedUp(rivulet.apis[0].url, 'ada@example.com');
  });
  afterAll(() => rivulet.stop());

  it('is mended in prompts, and reaches the model and the chat alike', async () => {
    const session = await ada.start('Is \0this \ud800 kept, and \u{1f600}?', 'openai/echo');
    const mended = 'Is this \ufffd kept, and \u{1f600}?';
    expect(textOf(await ada.allEvents(session.id))).toBe(`You said: ${mended}`);
    expect(rivulet.provider.requests.at(-1)?.prompt).toBe(mended);
    expect((await ada.history(session.chat.id)).map(({ content }) => content)).toEqual([
      mended,
      `You said: ${mended}`,
    ]);
    expect(await ada.data('query ($id: ID!) { chat(id: $id) { title } }', { id: session.chat.id })).toEqual({
      chat: { title: mended },
    });
  });

  it('is mended in titles, and nothing is no title', async () => {
    const { chat } = await ada.start('Title', 'openai/echo');
    const rename = (title: string) => ({ id: chat.id, title });
    expect(await ada.data(RENAME, rename('A\0 \ud800'))).toEqual({ renameChat: { title: 'A \ufffd' } });
    expect(await ada.errorCode(RENAME, rename('\0\0'))).toBe('VALIDATION_FAILED');
  });

  it.each(UNSPEAKABLE)('is refused in names and addresses, and fine in passwords: %j', async (text) => {
    const signUp = (input: Record<string, string>) => new ApiClient(ada.url).errorCode(SIGN_UP, { input });
    const password = `${text} and ten more`;
    const email = `x${Math.random()}@example.com`;
    expect(await signUp({ email, password, displayName: text })).toBe('VALIDATION_FAILED');
    expect(await signUp({ email: `${text}@example.com`, password })).toBe('VALIDATION_FAILED');
    await expect(ada.createToken({ name: text })).rejects.toThrow('VALIDATION_FAILED');
    await ApiClient.signedUp(ada.url, email, password);
    await new ApiClient(ada.url).signIn(email, password);
  });

  it.each(['openai', 'anthropic', 'xai', 'local'])(
    'is mended in what a model of %s says',
    async (provider) => {
      rivulet.scenarios['gated'] = MANGLED;
      const session = await ada.start(`Mangle, ${provider}`, `${provider}/gated`);
      const events = await ada.allEvents(session.id);
      expect(textOf(events)).toBe(MENDED);
      const thoughts = events.filter(({ __typename }) => __typename === 'ReasoningEvent');
      const reasoning = thoughts.map(({ content = '' }) => content).join('');
      // Not every one of them shows its thoughts.
      expect(['', 'think\ufffd \u{1f600}']).toContain(reasoning);
      expect((await ada.history(session.chat.id)).at(-1)).toMatchObject({
        status: 'COMPLETE',
        content: MENDED,
      });
      // The same again, from wherever it is kept, on the other process.
      expect(textOf(await ada.on(rivulet.apis[1].url).allEvents(session.id))).toBe(MENDED);
      const again = await ada.start(`Mangle, ${provider}`, `${provider}/gated`);
      expect((await ada.allEvents(again.id)).at(-1)?.message).toMatchObject({
        fromCache: true,
        content: MENDED,
      });
    },
  );

  it('breaks nothing, wherever the schema takes a text', async () => {
    const schema = buildClientSchema(
      await ada.data<IntrospectionQuery & Record<string, unknown>>(getIntrospectionQuery()),
    );
    const broken: string[] = [];
    // Ada is the first one here, and so may do what administrators may.
    for (const root of rootFields(schema).filter(({ kind }) => kind !== 'subscription')) {
      for (const path of textPaths(root)) {
        for (const text of UNSPEAKABLE) {
          const args = withValue(anyArguments(root), path, text);
          const { errors } = await ada.request(documentOf(schema, root, args), args);
          if (errors?.some(({ extensions }) => extensions['code'] === 'INTERNAL')) {
            broken.push(`${root.field.name}(${path.join('.')}) with ${JSON.stringify(text)}`);
          }
        }
      }
    }
    expect(broken).toEqual([]);
  }, 180_000);
});
