import {
  NEW_CONVERSATION,
  isBusy,
  isTorn,
  openedConversation,
  withEarlier,
  withEvent,
  withPrompt,
  withSession,
  withoutReply,
} from './conversation';
import { aMessage, aReply, aSession, anOpenedChat, token } from './testing/messages';

const draft = { key: 'k1', model: null, attachments: [], createdAt: '2026-01-01T00:00:00.000Z' };
const contents = ({ entries }: typeof NEW_CONVERSATION) => entries.map(({ message }) => message.content);

describe(withPrompt.name, () => {
  it('shows the message and a waiting reply before the server knows of them', () => {
    const conversation = withPrompt(NEW_CONVERSATION, { ...draft, text: 'Hello' });
    expect(
      conversation.entries.map(({ message }) => [message.role, message.content, message.status]),
    ).toEqual([
      ['USER', 'Hello', 'COMPLETE'],
      ['ASSISTANT', '', 'PENDING'],
    ]);
    expect(isBusy(conversation)).toBe(true);
  });

  it('puts an edited message in the place of the old one and of what followed', () => {
    const opened = openedConversation(
      anOpenedChat([
        aMessage({ id: 'a' }),
        aReply({ id: 'b' }),
        aMessage({ id: 'c', parentId: 'b' }),
        aReply({ id: 'd' }),
      ]),
      NEW_CONVERSATION,
    );
    const edited = withPrompt(opened, { ...draft, text: 'Better', parentMessageId: 'b' });
    expect(edited.entries.map(({ message }) => message.id)).toEqual(['a', 'b', 'prompt-k1', 'reply-k1']);
    const first = withPrompt(opened, { ...draft, text: 'Another beginning', parentMessageId: null });
    expect(contents(first)).toEqual(['Another beginning', '']);
  });
});

describe(withSession.name, () => {
  it('gives the drafts their ids without moving them on the page', () => {
    const drafted = withPrompt(NEW_CONVERSATION, { ...draft, text: 'Hello' });
    const adopted = withSession(drafted, aSession());
    expect(adopted.entries.map(({ key }) => key)).toEqual(drafted.entries.map(({ key }) => key));
    expect(adopted.entries.map(({ message }) => message.id)).toEqual(['m1', 'r1']);
    expect(adopted).toMatchObject({
      chatId: 'c1',
      title: 'A chat',
      awaiting: null,
      reply: { sessionId: 's1', sequence: 0 },
    });
  });
});

describe(withoutReply.name, () => {
  it('waits for another reply in the place of the old one', () => {
    const opened = openedConversation(
      anOpenedChat([aMessage(), aReply({ content: 'Old' })]),
      NEW_CONVERSATION,
    );
    expect(contents(withoutReply(opened, 'r1', draft))).toEqual(['Hello', '']);
  });
});

describe(openedConversation.name, () => {
  it('goes on with a reply that was being read already, cursor and all', () => {
    const reading = withEvent(
      withSession(withPrompt(NEW_CONVERSATION, { ...draft, text: 'Hello' }), aSession()),
      token(4, 'Good mor'),
    );
    const stale = anOpenedChat([aMessage(), aReply({ status: 'STREAMING', content: 'Go' })], {
      session: 's1',
    });
    const opened = openedConversation(stale, reading);
    expect(opened.reply?.sequence).toBe(4);
    expect(contents(opened)).toEqual(['Hello', 'Good mor']);
    expect(opened.entries.map(({ key }) => key)).toEqual(['prompt-k1', 'reply-k1']);
  });

  it('calls a message that nobody writes any more what it is', () => {
    const orphan = anOpenedChat([aMessage(), aReply({ status: 'STREAMING', content: 'Half' })]);
    const opened = openedConversation(orphan, NEW_CONVERSATION);
    expect(opened.entries[1]?.message).toMatchObject({
      status: 'FAILED',
      errorCode: 'SESSION_EXPIRED',
      content: 'Half',
    });
  });

  it('keeps what was paged in before', () => {
    const page = anOpenedChat([aMessage({ id: 'c' }), aReply({ id: 'd' })], { before: 'cursor-c' });
    const paged = withEarlier(
      openedConversation(page, NEW_CONVERSATION),
      anOpenedChat([aMessage({ id: 'a' }), aReply({ id: 'b' })]).chatHistory,
    );
    const again = openedConversation(page, paged);
    expect(again.entries.map(({ message }) => message.id)).toEqual(['a', 'b', 'c', 'd']);
    expect(again.earlierCursor).toBeNull();
  });
});

describe(isTorn.name, () => {
  it('sees a reply that ended between the two answers', () => {
    expect(isTorn(anOpenedChat([aMessage(), aReply({ status: 'STREAMING' })]))).toBe(true);
    expect(isTorn(anOpenedChat([aMessage(), aReply({ status: 'STREAMING' })], { session: 's1' }))).toBe(
      false,
    );
    expect(isTorn(anOpenedChat([aMessage(), aReply()]))).toBe(false);
  });
});

describe(withEarlier.name, () => {
  it('puts earlier messages first, each once', () => {
    const opened = openedConversation(
      anOpenedChat([aMessage({ id: 'b' })], { before: 'x' }),
      NEW_CONVERSATION,
    );
    const page = anOpenedChat([aMessage({ id: 'a' }), aMessage({ id: 'b' })], { before: 'y' }).chatHistory;
    const more = withEarlier(opened, page);
    expect(more.entries.map(({ message }) => message.id)).toEqual(['a', 'b']);
    expect(more.earlierCursor).toBe('y');
  });
});
