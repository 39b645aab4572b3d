import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { eventually } from './faults/waiting.js';
import { ApiClient, type Session, type UploadedFile } from './support/api-client.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';
import { startRivulet } from './support/rivulet-process.js';

/** One dot, red. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);
const DOT = PNG.toString('base64');
const DATA_URL = `data:image/png;base64,${DOT}`;
const NAME = 'Größe "A".txt';

const UPLOAD = 'mutation ($input: UploadAttachmentInput!) { uploadAttachment(input: $input) { id } }';
const START =
  'mutation ($input: StartChatSessionInput!) { startChatSession(input: $input) { session { id } } }';
const HISTORY = `query ($chatId: ID!) { chatHistory(chatId: $chatId) { edges { node {
  id role attachments { id name mediaType size url }
} } } }`;

interface MessageWithFiles {
  readonly id: string;
  readonly role: string;
  readonly attachments: readonly UploadedFile[];
}

describe.each(MODES)('attachments, with %s', (mode) => {
  let rivulet: Installation;
  let ada: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation(mode);
    ada = await ApiClient.guest(rivulet.apis[0].url);
  });
  afterAll(() => rivulet.stop());

  async function historyOf(chatId: string, client = ada): Promise<MessageWithFiles[]> {
    const { chatHistory } = await client.data<{ chatHistory: { edges: { node: MessageWithFiles }[] } }>(
      HISTORY,
      { chatId },
    );
    return chatHistory.edges.map(({ node }) => node);
  }

  /** A message with these files, and the whole reply to it. */
  async function sent(
    files: readonly UploadedFile[],
    input: Record<string, unknown> = {},
    modelId = 'openai/echo',
  ): Promise<Session & { readonly prompt: string }> {
    const attachmentIds = files.map(({ id }) => id);
    const prompt = `Look, ${randomUUID()}`;
    const session = await ada.start(prompt, modelId, { attachmentIds, ...input });
    await ada.allEvents(session.id);
    return { ...session, prompt };
  }

  /** What a model was asked last for this prompt: replies to others may still be under way. */
  const askedFor = (prompt: string) =>
    rivulet.provider.requests.findLast((request) => request.prompt.endsWith(prompt));

  const get = (path: string, client = ada) => fetch(`${client.url}${path}`, { headers: client.headers });

  async function onDatabase<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
    const db = new Client({ connectionString: rivulet.databaseUrl });
    await db.connect();
    try {
      return (await db.query<T>(text, values)).rows;
    } finally {
      await db.end();
    }
  }

  it('are in the history of whoever sent them, in order, wherever it is read', async () => {
    const text = await ada.upload(NAME, 'text/plain', 'Grüße');
    const image = await ada.upload('dot.png', 'image/jpeg', PNG);
    expect([text, image]).toEqual([
      { id: text.id, name: NAME, mediaType: 'text/plain', size: 7, url: `/attachments/${text.id}` },
      // What the bytes say.
      { ...image, name: 'dot.png', mediaType: 'image/png', size: PNG.length },
    ]);
    const session = await sent([image, text]);
    const [question, reply] = await historyOf(session.chat.id, ada.on(rivulet.apis[1].url));
    expect(question).toEqual({ id: session.userMessage.id, role: 'USER', attachments: [image, text] });
    expect(reply).toMatchObject({ role: 'ASSISTANT', attachments: [] });
  });

  it('are told at once by the mutation that sends them', async () => {
    const file = await ada.upload('a.txt', 'text/plain', 'a');
    const { startChatSession } = await ada.data<{
      startChatSession: { session: { userMessage: MessageWithFiles } };
    }>(
      `mutation ($input: StartChatSessionInput!) { startChatSession(input: $input) {
         session { userMessage { attachments { id name } } }
       } }`,
      { input: { prompt: 'Look', modelId: 'openai/echo', attachmentIds: [file.id.toUpperCase()] } },
    );
    expect(startChatSession.session.userMessage.attachments).toEqual([{ id: file.id, name: 'a.txt' }]);
  });

  it('can be asked for with the largest page of a history', async () => {
    const { chat } = await sent([await ada.upload('a.txt', 'text/plain', 'a')]);
    const { errors } = await ada.request(
      `query ($chatId: ID!, $last: Int!) { chatHistory(chatId: $chatId, last: $last) { edges { cursor node {
         id content siblingIds attachments { id name mediaType size url }
       } } } }`,
      { chatId: chat.id, last: 100 },
    );
    expect(errors).toBeUndefined();
  });

  it('are had by their owner, to be shown or to be saved, and change nothing', async () => {
    const image = await get((await ada.upload('dot.png', 'image/png', PNG)).url);
    expect(Buffer.from(await image.arrayBuffer())).toEqual(PNG);
    expect(Object.fromEntries(image.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'inline; filename=dot.png',
      'content-security-policy':
        "default-src 'none'; frame-ancestors 'none'; sandbox; style-src-attr 'unsafe-inline'",
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    const page = await ada.upload(NAME, 'text/html', '<script>alert(1)</script> ß');
    const text = await get(page.url, ada.on(rivulet.apis[1].url));
    expect(await text.text()).toBe('<script>alert(1)</script> ß');
    expect(text.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text.headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'; sandbox",
    );
    expect(text.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
    expect(text.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22A%22.txt`,
    );
    expect(text.headers.get('etag')).not.toBe(image.headers.get('etag'));
  });

  it('are nobody else’s', async () => {
    const file = await ada.upload('a.txt', 'text/plain', 'a');
    const codeOf = async (response: Response) => {
      const { errors } = (await response.json()) as { errors: [{ extensions: { code: string } }] };
      return [response.status, errors[0].extensions.code];
    };
    const mallory = await ApiClient.signedUp(ada.url, `mallory-${mode.length}@example.com`);
    expect(await codeOf(await get(file.url, mallory))).toEqual([404, 'NOT_FOUND']);
    expect(await codeOf(await fetch(ada.url + file.url))).toEqual([401, 'UNAUTHENTICATED']);
    for (const none of [randomUUID(), 'nonsense', '..%2f', '%00'])
      expect(await codeOf(await get(`/attachments/${none}`))).toEqual([404, 'NOT_FOUND']);
    for (const id of [file.id, randomUUID(), 'nonsense']) {
      const input = { prompt: 'Look', modelId: 'openai/echo', attachmentIds: [id] };
      expect(await mallory.errorCode(START, { input })).toBe('NOT_FOUND');
    }

    const his = await mallory.upload('a.txt', 'text/plain', 'a');
    const reader = ApiClient.withToken(
      ada.url,
      (await mallory.createToken({ scopes: ['CHAT_READ'] })).secret,
    );
    const writer = ApiClient.withToken(
      ada.url,
      (await mallory.createToken({ scopes: ['CHAT_WRITE'] })).secret,
    );
    expect((await get(his.url, reader)).status).toBe(200);
    expect(await codeOf(await get(his.url, writer))).toEqual([403, 'FORBIDDEN']);
    expect(await codeOf(await get(file.url, reader))).toEqual([404, 'NOT_FOUND']);
    expect(await writer.upload('b.txt', 'text/plain', 'b')).toMatchObject({ name: 'b.txt' });
    await expect(reader.upload('b.txt', 'text/plain', 'b')).rejects.toThrow('FORBIDDEN');
    await expect(new ApiClient(ada.url).upload('b.txt', 'text/plain', 'b')).rejects.toThrow(
      'UNAUTHENTICATED',
    );
  });

  it('are refused with a sentence that says what is allowed', async () => {
    const told = async (input: Record<string, string>) => {
      const { errors } = await ada.request(UPLOAD, { input });
      return `${String(errors?.[0]?.extensions['code'])}: ${errors?.[0]?.message}`;
    };
    const file = { name: 'a', mediaType: 'text/plain', data: Buffer.from('a').toString('base64') };
    const large = (size: number) => Buffer.concat([PNG, Buffer.alloc(size - PNG.length)]).toString('base64');
    const MEGABYTE = 1024 * 1024;
    expect(await told({ ...file, mediaType: 'application/pdf' })).toContain('VALIDATION_FAILED: Only images');
    expect(await told({ ...file, mediaType: 'image/png' })).toContain('VALIDATION_FAILED: Only images');
    expect(await told({ ...file, data: 'no base64' })).toContain('VALIDATION_FAILED: data is to be base64');
    expect(await told({ ...file, name: 'a/b' })).toContain("VALIDATION_FAILED: A file's name");
    const image = { ...file, mediaType: 'image/png' };
    expect(await told({ ...image, data: large(2.5 * MEGABYTE) })).toBe('undefined: undefined');
    expect(await told({ ...image, data: large(2.5 * MEGABYTE + 1) })).toContain(
      'VALIDATION_FAILED: An image has',
    );
    // More than a request may have at all.
    expect(await told({ ...image, data: large(4 * MEGABYTE) })).toContain(
      'VALIDATION_FAILED: The request is too',
    );
  });

  it('are eight a message, each of them once', async () => {
    const files = await Promise.all(
      Array.from({ length: 9 }, (_, i) => ada.upload(`${i}.txt`, 'text/plain', `${i}`)),
    );
    const ids = files.map(({ id }) => id);
    const errorOf = (attachmentIds: string[]) =>
      ada.errorCode(START, { input: { prompt: 'Look', modelId: 'openai/echo', attachmentIds } });
    expect(await errorOf(ids)).toBe('VALIDATION_FAILED');
    const [one = ''] = ids;
    expect(await errorOf([one, one.toUpperCase()])).toBe('VALIDATION_FAILED');
    const { chat } = await sent(files.slice(1));
    expect((await historyOf(chat.id))[0]?.attachments).toHaveLength(8);
  });

  it('are fifty at the most that wait to be sent', async () => {
    const grace = await ApiClient.guest(rivulet.apis[0].url);
    const files = await Promise.all(
      Array.from({ length: 50 }, (_, i) => grace.upload(`${i}.txt`, 'text/plain', `${i}`)),
    );
    await expect(grace.upload('x.txt', 'text/plain', 'x')).rejects.toThrow('CONFLICT');
    await grace.start('Look', 'openai/echo', { attachmentIds: [files[0]?.id] });
    expect(await grace.upload('x.txt', 'text/plain', 'x')).toMatchObject({ name: 'x.txt' });
  });

  it('are images only for models that take them', async () => {
    const { models } = await ada.data<{ models: { id: string; acceptsImages: boolean }[] }>(
      '{ models { id acceptsImages } }',
    );
    const taking = models.filter(({ acceptsImages }) => acceptsImages).map(({ id }) => id.split('/')[0]);
    expect(new Set(taking)).toEqual(new Set(['openai', 'anthropic', 'xai', 'demo']));
    const image = await ada.upload('dot.png', 'image/png', PNG);
    const text = await ada.upload('a.txt', 'text/plain', 'a');
    const start = (attachmentIds: string[]) =>
      ada.request(START, { input: { prompt: 'Look', modelId: 'local/echo', attachmentIds } });
    expect((await start([text.id, image.id])).errors?.[0]).toMatchObject({
      message: 'local/echo takes no images.',
      extensions: { code: 'VALIDATION_FAILED' },
    });
    expect((await start([text.id])).errors).toBeUndefined();
  });

  it.each<[string, object]>([
    ['openai', { type: 'input_image', image_url: DATA_URL, detail: 'auto' }],
    ['xai', { type: 'image_url', image_url: { url: DATA_URL } }],
    ['anthropic', { type: 'image', source: { type: 'base64', media_type: 'image/png', data: DOT } }],
  ])('reach a model of %s: images as it takes them, texts before the prompt', async (provider, part) => {
    const image = await ada.upload('dot.png', 'image/png', PNG);
    const text = await ada.upload('notes.md', 'text/markdown', 'Buy ```milk```');
    const session = await sent([image, text], {}, `${provider}/echo`);
    const asked = askedFor(session.prompt);
    expect(asked?.prompt).toMatch(/^notes\.md:\n\n````\nBuy ```milk```\n````\n\nLook, /);
    const messages = (asked?.body['input'] ?? asked?.body['messages']) as { content: object[] }[];
    expect(messages[0]?.content).toContainEqual(part);

    // The next prompt comes with all that was said before, files included.
    const { prompt } = await sent([], { chatId: session.chat.id }, `${provider}/echo`);
    const next = askedFor(prompt)?.body;
    const [first] = (next?.['input'] ?? next?.['messages']) as { content: object[] }[];
    expect(first?.content).toContainEqual(part);
  });

  it('are named to a model that does not see, when it answers what another one was shown', async () => {
    const image = await ada.upload('dot.png', 'image/png', PNG);
    const session = await sent([image]);
    const named = /^\[image dot\.png\]\n\nLook, /;
    const { id } = await ada.regenerate(session.assistantMessage.id, 'local/echo');
    await ada.allEvents(id);
    expect(askedFor(session.prompt)?.prompt).toMatch(named);
    const beside = await ada.compare(session.assistantMessage.id, 'local/echo', { cache: 'BYPASS' });
    await ada.allEvents(beside.id);
    expect(askedFor(session.prompt)?.prompt).toMatch(named);
    expect(JSON.stringify(askedFor(session.prompt)?.body)).not.toContain(DOT);
  });

  it('decide what the cache answers: the same prompt with the same files', async () => {
    const prompt = `Same, ${randomUUID()}`;
    const cached = async (...bytes: Buffer[]): Promise<boolean | undefined> => {
      const files = await Promise.all(bytes.map((those) => ada.upload('dot.png', 'image/png', those)));
      const { id } = await ada.start(prompt, 'openai/echo', { attachmentIds: files.map((file) => file.id) });
      return (await ada.allEvents(id)).at(-1)?.message?.fromCache;
    };
    const other = Buffer.concat([PNG, Buffer.from([0])]);
    expect(await cached(PNG)).toBe(false);
    expect(await cached(PNG)).toBe(true);
    expect(await cached(other)).toBe(false);
    expect(await cached()).toBe(false);
    expect(await cached(PNG, PNG)).toBe(false);
    expect(await cached(other)).toBe(true);
  });

  it('are what the demo tells of, without a key', async () => {
    const image = await ada.upload('dot.png', 'image/png', PNG);
    const session = await sent([image], {}, 'demo/rivulet');
    const history = await ada.history(session.chat.id);
    expect(history.at(-1)?.content).toContain(`- \`dot.png\`, a PNG image of ${PNG.length} bytes`);
  });

  it('stay with a message that is edited, and with its copy in a fork', async () => {
    const file = await ada.upload('a.txt', 'text/plain', 'a');
    const { chat } = await sent([file]);
    const edited = await sent([file], { chatId: chat.id, parentMessageId: null });
    expect((await historyOf(chat.id))[0]).toMatchObject({ attachments: [file] });
    const { forkChat } = await ada.data<{ forkChat: { id: string } }>(
      'mutation ($messageId: ID!) { forkChat(messageId: $messageId) { id } }',
      { messageId: edited.assistantMessage.id },
    );
    expect((await historyOf(forkChat.id))[0]).toMatchObject({ attachments: [file] });
  });

  it('go along when a guest becomes an account', async () => {
    const guest = await ApiClient.guest(rivulet.apis[0].url);
    await ApiClient.signedUp(ada.url, `grace-${mode.length}@example.com`);
    const file = await guest.upload('a.txt', 'text/plain', 'a');
    const { chat } = await guest.start('Look', 'openai/echo', { attachmentIds: [file.id] });
    await guest.signIn(`grace-${mode.length}@example.com`, 'correct horse');
    expect((await historyOf(chat.id, guest))[0]?.attachments).toEqual([file]);
    expect((await get(file.url, guest)).status).toBe(200);
  });

  it('are gone for good with the last chat that has them', async () => {
    const file = await ada.upload('a.txt', 'text/plain', 'a');
    const kept = await ada.upload('kept.txt', 'text/plain', 'kept');
    const { chat } = await sent([file, kept]);
    await sent([kept]);
    await ada.data('mutation ($id: ID!) { deleteChat(id: $id) }', { id: chat.id });
    await onDatabase(`UPDATE chats SET "deletedAt" = now() - interval '1 day' WHERE id = $1`, [chat.id]);
    await eventually('the chat is gone', async () => {
      return (await onDatabase('SELECT FROM chats WHERE id = $1', [chat.id])).length === 0;
    });
    // It sweeps as it starts.
    const another = await startRivulet(rivulet.env);
    try {
      await eventually('the file is gone', async () => (await get(file.url)).status === 404);
    } finally {
      await another.terminate();
    }
    expect((await get(kept.url)).status).toBe(200);
    expect(await onDatabase('SELECT FROM message_attachments WHERE "attachmentId" = $1', [file.id])).toEqual(
      [],
    );
  }, 180_000);
});
