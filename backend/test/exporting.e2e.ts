import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ApiClient, type Session } from './support/api-client.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';

interface ExportedMessage {
  readonly id: string;
  readonly parentId: string | null;
  readonly role: string;
  readonly content: string;
}

interface ExportFile {
  readonly format: string;
  readonly version: number;
  readonly chats: readonly {
    id: string;
    title: string;
    activeMessageId: string;
    messages: ExportedMessage[];
  }[];
}

describe.each(MODES)('exporting, with %s', (mode) => {
  let rivulet: Installation;
  let ada: ApiClient;
  let first: Session;
  let chatId: string;

  beforeAll(async () => {
    rivulet = await startInstallation(mode);
    ada = await ApiClient.guest(rivulet.apis[0].url);
    first = await ada.start('Größe "A/B"?', 'openai/echo');
    await ada.allEvents(first.id);
    chatId = first.chat.id;
    // Another wording is another branch, and the one that is shown.
    const second = await ada.start('Another wording', 'openai/echo', { chatId, parentMessageId: null });
    await ada.allEvents(second.id);
  });
  afterAll(() => rivulet.stop());

  const get = (path: string, client = ada) => fetch(`${client.url}${path}`, { headers: client.headers });

  it('gives a chat as JSON, with every branch', async () => {
    const response = await get(`/export/chats/${chatId}.json`);
    expect(response.headers.get('content-disposition')).toContain('attachment');
    expect(response.headers.get('content-disposition')).toContain(encodeURIComponent('Größe-A-B.json'));
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { format, version, chats } = (await response.json()) as ExportFile;
    expect({ format, version, chats: chats.length }).toEqual({
      format: 'rivulet-chats',
      version: 1,
      chats: 1,
    });
    const [chat] = chats;
    expect(chat?.messages.map(({ role, content }) => [role, content])).toEqual([
      ['USER', 'Größe "A/B"?'],
      ['ASSISTANT', 'You said: Größe "A/B"?'],
      ['USER', 'Another wording'],
      ['ASSISTANT', 'You said: Another wording'],
    ]);
    expect(chat?.messages[1]?.parentId).toBe(first.userMessage.id);
    expect(chat?.activeMessageId).toBe(chat?.messages[3]?.id);
  });

  it('gives the branch that is shown as Markdown', async () => {
    const response = await get(`/export/chats/${chatId}.md`);
    expect(response.headers.get('content-type')).toContain('text/markdown');
    expect(await response.text()).toBe(
      '# Größe "A/B"?\n\n## You\n\nAnother wording\n\n## openai/echo\n\nYou said: Another wording\n',
    );
  });

  it('names the files that messages brought along', async () => {
    const file = await ada.upload('no`tes.md', 'text/markdown', 'Grüße');
    const { id, chat } = await ada.start('Look', 'openai/echo', { attachmentIds: [file.id] });
    await ada.allEvents(id);
    const { chats } = (await (await get(`/export/chats/${chat.id}.json`)).json()) as ExportFile;
    expect(chats[0]?.messages[0]).toMatchObject({
      attachments: [{ name: 'no`tes.md', mediaType: 'text/markdown', size: 7 }],
    });
    expect(await (await get(`/export/chats/${chat.id}.md`)).text()).toContain(
      '## You\n\nAttached: `notes.md`\n\nLook\n',
    );
  });

  it('gives all chats in one file, archived ones as well and deleted ones not, whichever process answers', async () => {
    const grace = await ApiClient.guest(rivulet.apis[0].url);
    const ids: string[] = [];
    for (const prompt of ['One', 'Two', 'Three']) {
      const session = await grace.start(prompt, 'openai/echo');
      await grace.allEvents(session.id);
      ids.unshift(session.chat.id);
    }
    await grace.data('mutation ($id: ID!) { archiveChat(id: $id) { id } }', { id: ids[1] });
    await grace.data('mutation ($id: ID!) { deleteChat(id: $id) }', { id: ids[0] });
    const response = await get('/export/chats.json', grace.on(rivulet.apis[1].url));
    const { chats } = (await response.json()) as ExportFile;
    expect(chats).toMatchObject([
      { id: ids[1], title: 'Two', archived: true, pinned: false, modelId: 'openai/echo' },
      { id: ids[2], title: 'One', archived: false },
    ]);
  });

  it('gives more chats than a page of them has', async () => {
    const many = await ApiClient.guest(rivulet.apis[0].url);
    const { viewer } = await many.data<{ viewer: { id: string } }>('{ viewer { id } }');
    const db = new Client({ connectionString: rivulet.databaseUrl });
    await db.connect();
    await db.query(
      `INSERT INTO chats ("userId", title, "updatedAt") SELECT $1, 'Chat ' || n, now() - n * interval '1 minute'
       FROM generate_series(1, 150) n`,
      [viewer.id],
    );
    await db.end();
    const { chats } = (await (await get('/export/chats.json', many)).json()) as ExportFile;
    expect(chats.map(({ title }) => title)).toEqual(Array.from({ length: 150 }, (_, n) => `Chat ${n + 1}`));
  });

  it('gives nobody what is not theirs', async () => {
    const codeOf = async (response: Response) => {
      const { errors } = (await response.json()) as { errors: [{ extensions: { code: string } }] };
      return [response.status, errors[0].extensions.code];
    };
    const mallory = await ApiClient.signedUp(rivulet.apis[0].url, `mallory-${mode.length}@example.com`);
    for (const kind of ['json', 'md']) {
      const path = `/export/chats/${chatId}.${kind}`;
      expect(await codeOf(await get(path, mallory))).toEqual([404, 'NOT_FOUND']);
      expect(await codeOf(await fetch(ada.url + path))).toEqual([401, 'UNAUTHENTICATED']);
    }
    expect(await codeOf(await get('/export/chats/nonsense.json'))).toEqual([404, 'NOT_FOUND']);

    const reader = await mallory.createToken({ scopes: ['CHAT_READ'] });
    expect((await get('/export/chats.json', ApiClient.withToken(ada.url, reader.secret))).status).toBe(200);
    const writer = await mallory.createToken({ scopes: ['CHAT_WRITE'] });
    expect(
      await codeOf(await get('/export/chats.json', ApiClient.withToken(ada.url, writer.secret))),
    ).toEqual([403, 'FORBIDDEN']);
    expect(await codeOf(await get('/export/chats.json', ApiClient.withToken(ada.url, 'riv_none')))).toEqual([
      401,
      'UNAUTHENTICATED',
    ]);
  });
});
