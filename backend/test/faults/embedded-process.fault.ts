import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient } from '../support/api-client.js';
import { Belongings } from '../support/belongings.js';
import { startProviderServer } from '../support/provider-server/provider-server.js';
import { startRivulet, type RivuletProcess } from '../support/rivulet-process.js';
import { violations } from './history.js';
import { Reader } from './reader.js';
import { Stage } from './stage.js';
import { eventually } from './waiting.js';

const ATTEMPTS = 3;

describe('the one process of an installation without servers', () => {
  const belongings = new Belongings();
  const stage = new Stage();
  let env: Record<string, string>;
  let rivulet: RivuletProcess;

  const start = async (): Promise<void> => {
    rivulet = await belongings.add(startRivulet(env), (running) => running.terminate());
  };

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rivulet-data-'));
    const scenarios = { staged: stage.scenario };
    const provider = await belongings.add(startProviderServer({ scenarios }), (server) => server.close());
    const MODELS_FILE = join(folder, 'models.yaml');
    await writeFile(MODELS_FILE, '- { id: openai/staged, name: Staged }');
    env = { DATA_DIR: folder, MODELS_FILE, OPENAI_BASE_URL: provider.openAiUrl, OPENAI_API_KEY: 'sk-test' };
    await start();
  });
  afterAll(async () => {
    await belongings.end();
    await rm(env['DATA_DIR'] ?? '', { recursive: true });
  });

  it('may be killed in mid-stream again and again: the reply is taken up, and given up with its text', async () => {
    const ada = await ApiClient.guest(rivulet.url);
    const session = await ada.start('Kill me', 'openai/staged');
    const reader = new Reader(ada, session.id, () => (rivulet.isRunning() ? [rivulet.url] : []));
    const saved = async () => (await ada.on(rivulet.url).history(session.chat.id)).at(-1);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const call = await stage.call('Kill me', attempt);
      const text = `attempt ${attempt + 1}`;
      await call.say(text);
      await reader.shows(text);
      await eventually(`${text} is saved`, async () => (await saved())?.content === text);
      await rivulet.kill();
      await start();
    }
    const events = await reader.end();
    const message = await saved();
    if (!message) throw new Error('the reply is gone');
    expect(violations({ events, saved: message, sent: `attempt ${ATTEMPTS}` })).toEqual([]);
    expect(events.at(-1)).toMatchObject({ __typename: 'ErrorEvent', code: 'INTERNAL', retryable: true });
    expect(stage.calls('Kill me')).toHaveLength(ATTEMPTS);
  });
});
