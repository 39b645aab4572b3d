import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiClient, textOf, untilText } from './support/api-client.js';
import { Gate } from './support/gate.js';
import { startInstallation, type Installation } from './support/installation.js';

describe('workers that are told to end', () => {
  let rivulet: Installation;
  let ada: ApiClient;

  beforeEach(async () => {
    rivulet = await startInstallation('two API and two worker processes on Redis');
    ada = await ApiClient.guest(rivulet.apis[0].url);
  });
  afterEach(() => rivulet.stop());

  it('hands a reply over when its worker is asked to end and it takes too long', async () => {
    const never = new Gate();
    rivulet.scenarios['gated'] = never.scenario(['half'], []);
    const session = await ada.start('Deploy', 'openai/gated');
    const live = ada.events(session.id);
    await untilText(live, 'half');
    const gate = new Gate();
    gate.open();
    rivulet.scenarios['gated'] = gate.scenario(['whole'], []);
    const ended = Promise.all(rivulet.workers.map((worker) => worker.terminate()));
    await rivulet.addWorker();

    expect((await Array.fromAsync(live)).at(-1)?.message).toMatchObject({
      status: 'COMPLETE',
      content: 'whole',
    });
    expect(await ended).toEqual([0, 0]);
  });

  it('stops a reply that no worker has begun', async () => {
    await Promise.all(rivulet.workers.map((worker) => worker.terminate()));
    const session = await ada.start('Nobody there', 'openai/echo');
    expect(session.status).toBe('PENDING');
    const events = ada.on(rivulet.apis[1].url).allEvents(session.id);
    expect(await ada.stop(session.id)).toBe('STOPPED');
    expect((await events).at(-1)?.message).toMatchObject({ status: 'STOPPED', content: '' });

    await rivulet.addWorker();
    const next = await ada.start('Somebody there', 'openai/echo', { chatId: session.chat.id });
    expect(textOf(await ada.allEvents(next.id))).toBe('You said: Nobody there\n\nSomebody there');
    expect(rivulet.provider.requests).toHaveLength(1);
  });
});
