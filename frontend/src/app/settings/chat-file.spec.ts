import { chatsOf, UnreadableFile, type FileChat } from './chat-file';

const inputOf = (chat: FileChat | undefined) => (chat?.type === 'chat' ? chat.input : undefined);

describe(chatsOf.name, () => {
  it('reads an export of ours, with its branches', () => {
    const message = { role: 'USER', content: 'Hi', reasoning: null, modelId: null, createdAt: '2026-01-01' };
    const chat = {
      ...{
        id: 'c',
        title: 'T',
        createdAt: '2026-01-01',
        updatedAt: '2026-01-02',
        pinned: true,
        archived: false,
        systemPrompt: 'Be brief.',
      },
      activeMessageId: 'm2',
      messages: [
        { ...message, id: 'm1', parentId: null },
        { ...message, id: 'm2', parentId: 'm1', role: 'ASSISTANT', content: 'Hello', modelId: 'demo/a' },
        { ...message, id: 'm3', parentId: 'm1', role: 'ASSISTANT', content: 'Hey' },
      ],
    };
    const [read] = chatsOf(JSON.stringify({ format: 'rivulet-chats', version: 1, chats: [chat] }));
    expect(inputOf(read)).toMatchObject({
      ...{ sourceId: 'c', title: 'T', pinned: true, activeMessage: 1 },
      ...{ systemPrompt: 'Be brief.', temperature: null },
      messages: [
        { parent: null, role: 'USER', content: 'Hi' },
        { parent: 0, content: 'Hello', model: 'demo/a' },
        { parent: 0, content: 'Hey' },
      ],
    });
  });

  describe('of ChatGPT', () => {
    const node = (
      id: string,
      parent: string | null,
      children: string[],
      role?: string,
      ...parts: unknown[]
    ) => ({
      ...{ id, parent, children },
      message: role ? { author: { role }, create_time: 1_700_000_000, content: { parts } } : null,
    });
    const file = (nodes: ReturnType<typeof node>[], current_node: string) =>
      JSON.stringify([
        {
          ...{ title: 'Tides', create_time: 1_700_000_000.5, conversation_id: 'g1', current_node },
          mapping: Object.fromEntries(nodes.map((one) => [one.id, one])),
        },
      ]);

    it('reads what was said, on every branch, without what stands between', () => {
      const nodes = [
        node('root', null, ['system']),
        node('system', 'root', ['u1'], 'system', ''),
        node('u1', 'system', ['a1', 'tool'], 'user', 'Why?', { asset: 'a picture' }),
        node('a1', 'u1', [], 'assistant', 'The Moon.'),
        node('tool', 'u1', ['a2'], 'tool', 'looked up'),
        node('a2', 'tool', [], 'assistant', 'The Moon', 'and the Sun.'),
      ];
      const [read] = chatsOf(file(nodes, 'a1'));
      expect(inputOf(read)).toMatchObject({
        ...{ sourceId: 'g1', title: 'Tides', createdAt: '2023-11-14T22:13:20.500Z', activeMessage: 1 },
        messages: [
          { parent: null, role: 'USER', content: 'Why?' },
          { parent: 0, role: 'ASSISTANT', content: 'The Moon.' },
          { parent: 0, role: 'ASSISTANT', content: 'The Moon\n\nand the Sun.' },
        ],
      });
    });

    it('comes to an end where nodes lead round in a circle', () => {
      const nodes = [node('a', null, ['b'], 'user', 'A'), node('b', 'a', ['a', 'b'], 'assistant', 'B')];
      expect(inputOf(chatsOf(file(nodes, 'b'))[0])?.messages).toHaveLength(2);
    });
  });

  it('goes on where one chat cannot be read, and says which', () => {
    const chats = chatsOf(JSON.stringify({ format: 'rivulet-chats', chats: [{ title: 'Broken' }, null] }));
    expect(chats).toMatchObject([
      { type: 'unreadable', title: 'Broken' },
      { type: 'unreadable', title: 'Chat 2' },
    ]);
  });

  it.each(['not json', '[]', '{}', 'null', '[1]', '{"format":"other","chats":[]}'])('refuses %s', (text) => {
    expect(() => chatsOf(text)).toThrow(UnreadableFile);
  });
});
