import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, textOf, untilText, type Session } from './support/api-client.js';
import { Gate } from './support/gate.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';

const COMPARE = `mutation ($input: CompareMessageInput!) { compareMessage(input: $input) { session { id } } }`;
const SELECT = 'mutation ($id: ID!) { selectMessage(messageId: $id) { id companionMessage { id } } }';

interface ComparingChat {
  readonly model: { readonly id: string };
  readonly activeSession: { readonly id: string } | null;
  readonly companionSession: { readonly id: string } | null;
  readonly companionMessage: {
    readonly id: string;
    readonly content: string;
    readonly status: string;
  } | null;
}

const CHAT = `query ($id: ID!) { chat(id: $id) {
  model { id } activeSession { id } companionSession { id } companionMessage { id content status }
} }`;

describe.each(MODES)('two models side by side, with %s', (mode) => {
  let rivulet: Installation;
  let ada: ApiClient;
  /** Ada again, on the other API process where there is one. */
  let adaElsewhere: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation(mode);
    ada = await ApiClient.guest(rivulet.apis[0].url);
    adaElsewhere = ada.on(rivulet.apis[1].url);
  });
  afterAll(() => rivulet.stop());

  async function chatOf({ chat }: Session): Promise<ComparingChat> {
    return (await adaElsewhere.data<{ chat: ComparingChat }>(CHAT, { id: chat.id })).chat;
  }

  /** Two replies to one prompt, both at their middle until `gate` opens. */
  async function twoReplies(prompt: string): Promise<{ first: Session; second: Session; gate: Gate }> {
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['so ', 'far'], [', and on']);
    const first = await ada.start(prompt, 'openai/gated');
    const second = await adaElsewhere.compare(first.userMessage.id, 'xai/gated');
    return { first, second, gate };
  }

  it('answer one message at once, each in a stream of its own that anybody of the same account can follow', async () => {
    const { first, second, gate } = await twoReplies('Compare');
    expect([second.userMessage.id, second.chat.id]).toEqual([first.userMessage.id, first.chat.id]);
    const streams = [adaElsewhere.events(first.id), ada.events(second.id)];
    for (const stream of streams) await untilText(stream, 'so far');
    expect(await chatOf(first)).toMatchObject({
      ...{
        model: { id: 'openai/gated' },
        activeSession: { id: first.id },
        companionSession: { id: second.id },
      },
      companionMessage: { id: second.assistantMessage.id },
    });
    gate.open();
    for (const stream of streams) {
      expect((await Array.fromAsync(stream)).at(-1)?.message).toMatchObject({
        ...{ content: 'so far, and on', status: 'COMPLETE' },
        siblingIds: [first.assistantMessage.id, second.assistantMessage.id],
      });
    }
    // Who comes late, or reloads, sees both: the chat is where it was until somebody chooses.
    expect(await chatOf(first)).toMatchObject({
      ...{ activeSession: null, companionSession: null },
      companionMessage: { id: second.assistantMessage.id, content: 'so far, and on' },
    });
    const history = await ada.history(first.chat.id);
    expect(history.map(({ id }) => id)).toEqual([first.userMessage.id, first.assistantMessage.id]);
  });

  it('go on with the one that is chosen', async () => {
    const { first, second, gate } = await twoReplies('Choose');
    gate.open();
    await Promise.all([first, second].map(({ id }) => ada.allEvents(id)));
    expect(await ada.data(SELECT, { id: second.assistantMessage.id })).toEqual({
      selectMessage: { id: first.chat.id, companionMessage: null },
    });
    const next = await ada.start('And then?', 'openai/echo', { chatId: first.chat.id });
    await ada.allEvents(next.id);
    expect((await ada.history(first.chat.id)).map(({ id }) => id)).toEqual([
      ...[first.userMessage.id, second.assistantMessage.id, next.userMessage.id, next.assistantMessage.id],
    ]);
  });

  it('are stopped one by one: the other goes on', async () => {
    const { first, second, gate } = await twoReplies('Stop one');
    const live = ada.events(first.id);
    await untilText(live, 'so far');
    await untilText(adaElsewhere.events(second.id), 'so far');
    await ada.stop(second.id);
    expect((await ada.allEvents(second.id)).at(-1)?.message).toMatchObject({
      ...{ content: 'so far', status: 'STOPPED' },
    });
    expect(await chatOf(first)).toMatchObject({
      ...{ activeSession: { id: first.id }, companionSession: null, companionMessage: { status: 'STOPPED' } },
    });
    gate.open();
    expect(textOf(await Array.fromAsync(live))).toBe(', and on');
  });

  it('are two at most, and a key that is sent again leads to the same one', async () => {
    const { first, second, gate } = await twoReplies('No third');
    const input = { messageId: first.userMessage.id, modelId: 'local/echo' };
    expect(await ada.errorCode(COMPARE, { input })).toBe('CONFLICT');
    gate.open();
    await Promise.all([first, second].map(({ id }) => ada.allEvents(id)));

    const idempotencyKey = `key-${first.id}`;
    const once = await ada.compare(first.userMessage.id, 'local/echo', { idempotencyKey });
    const again = await adaElsewhere.compare(first.userMessage.id, 'local/echo', { idempotencyKey });
    expect(again.id).toBe(once.id);
    await ada.allEvents(once.id);
    expect((await chatOf(first)).companionMessage?.id).toBe(once.assistantMessage.id);
  });

  it('fail apart, and what failed is asked for again while the other is being written', async () => {
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['so far'], ['.']);
    const first = await ada.start('Fail one', 'openai/gated');
    const failed = await ada.compare(first.assistantMessage.id, 'anthropic/fault-decline');
    expect((await ada.allEvents(failed.id)).at(-1)?.__typename).toBe('ErrorEvent');
    const again = await ada.compare(first.assistantMessage.id, 'anthropic/echo');
    expect(textOf(await ada.allEvents(again.id))).toBe('You said: Fail one');
    expect(await chatOf(first)).toMatchObject({
      ...{ activeSession: { id: first.id }, companionMessage: { id: again.assistantMessage.id } },
    });
    gate.open();
    expect(textOf(await ada.allEvents(first.id))).toBe('so far.');
  });

  it('end both with their chat', async () => {
    const { first, second } = await twoReplies('Delete');
    const streams = [ada.events(first.id), adaElsewhere.events(second.id)];
    for (const stream of streams) await untilText(stream, 'so far');
    await ada.data('mutation ($id: ID!) { deleteChat(id: $id) }', { id: first.chat.id });
    await Promise.allSettled(streams.map((stream) => Array.fromAsync(stream)));
    for (const { id } of [first, second]) await expect(ada.allEvents(id)).rejects.toThrow('NOT_FOUND');
  });
});
