import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, untilText, type Session } from './support/api-client.js';
import { Gate } from './support/gate.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';
import type { Scenario } from './support/provider-server/scenarios.js';

/** Says the same to everybody. */
const saying =
  (text: string): Scenario =>
  async (reply) => {
    await reply.start();
    await reply.text(text);
    await reply.end();
  };

describe.each(MODES)('titles, with %s', (mode) => {
  let rivulet: Installation;
  let ada: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation(mode, { env: { TITLES: 'on', TITLE_MODEL: 'openai/gated' } });
    ada = await ApiClient.guest(rivulet.apis[0].url);
  });
  afterAll(() => rivulet.stop());

  async function titleOf({ chat: { id } }: Session): Promise<string> {
    const { chat } = await ada.data<{ chat: { title: string } }>(
      'query ($id: ID!) { chat(id: $id) { title } }',
      { id },
    );
    return chat.title;
  }

  async function untilTitle(session: Session, title: string): Promise<void> {
    while ((await titleOf(session)) !== title);
  }

  async function tokensUsed(): Promise<number> {
    const { viewer } = await ada.data<{ viewer: { usage: { tokensThisMonth: { used: number } } } }>(
      '{ viewer { usage { tokensThisMonth { used } } } }',
    );
    return viewer.usage.tokensThisMonth.used;
  }

  it('come from the model after the first reply, once, cleaned, and are counted', async () => {
    rivulet.scenarios['gated'] = saying('**“Tides and the Moon.”**\nAnything else?');
    const session = await ada.start('Please tell me what a tide is', 'openai/echo');
    await ada.allEvents(session.id);
    await untilTitle(session, 'Tides and the Moon');
    const asked = rivulet.provider.requests.filter(({ model }) => model === 'gated').length;
    expect(asked).toBe(1);
    const used = await tokensUsed();

    const { id: chatId } = session.chat;
    rivulet.scenarios['gated'] = saying('Another title');
    await ada.allEvents((await ada.start('And again', 'openai/echo', { chatId })).id);
    // A chat that is new is named; by then the old one would have been.
    const other = await ada.start('Something new', 'openai/echo');
    await ada.allEvents(other.id);
    await untilTitle(other, 'Another title');
    expect(await titleOf(session)).toBe('Tides and the Moon');
    expect(rivulet.provider.requests.filter(({ model }) => model === 'gated')).toHaveLength(asked + 1);
    expect(await tokensUsed()).toBeGreaterThan(used);
  });

  it('come from the cache with a reply that does, and cost nothing then', async () => {
    rivulet.scenarios['gated'] = saying('High Water');
    const asked = (): number => rivulet.provider.requests.filter(({ model }) => model === 'gated').length;
    const again = async (cache: string, title: string): Promise<void> => {
      const session = await ada.start('When is high water?', 'openai/echo', { cache });
      await ada.allEvents(session.id);
      await untilTitle(session, title);
    };
    await again('USE', 'High Water');
    const [before, used] = [asked(), await tokensUsed()];
    rivulet.scenarios['gated'] = saying('Asked Anew');
    await again('USE', 'High Water');
    expect([asked(), await tokensUsed()]).toEqual([before, used]);
    await again('REFRESH', 'Asked Anew');
    await again('USE', 'Asked Anew');
    expect(asked()).toBe(before + 1);
  });

  it('hold up no reply, and do not take the place of a name that the owner gave', async () => {
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario([], ['The model’s idea']);
    const session = await ada.start('Name me', 'openai/echo');
    expect((await ada.allEvents(session.id)).at(-1)?.message?.status).toBe('COMPLETE');
    await gate.reached;
    expect(await titleOf(session)).toBe('Name me');
    await ada.data('mutation ($id: ID!) { renameChat(id: $id, title: "Mine") { id } }', {
      id: session.chat.id,
    });
    const next = await ada.start('Go on', 'openai/echo', { chatId: session.chat.id });
    await ada.allEvents(next.id);
    gate.open();
    const other = await ada.start('Name me too', 'openai/echo');
    await ada.allEvents(other.id);
    await untilTitle(other, 'The model’s idea');
    expect(await titleOf(session)).toBe('Mine');
  });

  it('stay as the prompt has them where the model fails or the reply was stopped', async () => {
    const asked = (): number => rivulet.provider.requests.filter(({ model }) => model === 'gated').length;
    rivulet.scenarios['gated'] = (reply) =>
      reply.refuse({ status: 400, code: 'invalid_request_error', message: 'no' });
    const before = asked();
    const session = await ada.start('Keep me', 'openai/echo');
    expect((await ada.allEvents(session.id)).at(-1)?.message?.status).toBe('COMPLETE');
    while (asked() === before) await nextTurn();
    expect(await titleOf(session)).toBe('Keep me');

    const gate = new Gate();
    rivulet.scenarios['gated-2'] = gate.scenario(['so far'], ['.']);
    const stopped = await ada.start('Stop me', 'openai/gated-2');
    const live = ada.events(stopped.id);
    await untilText(live, 'so far');
    const untitled = asked();
    await ada.stop(stopped.id);
    await Array.fromAsync(live);
    expect(asked()).toBe(untitled);
    expect(await titleOf(stopped)).toBe('Stop me');
  });
});
