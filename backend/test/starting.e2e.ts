import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiClient, textOf } from './support/api-client.js';
import { runRivulet, startRivulet, type RivuletProcess } from './support/rivulet-process.js';

describe('starting and ending', () => {
  let dataDir: string;
  let rivulet: RivuletProcess | undefined;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rivulet-data-'));
  });
  afterEach(async () => {
    await rivulet?.terminate();
    rivulet = undefined;
    await rm(dataDir, { recursive: true, force: true });
  });

  it('needs nothing, ends cleanly, and has every chat the next time', async () => {
    rivulet = await startRivulet({ DATA_DIR: dataDir, DEMO_TOKENS_PER_SECOND: '300' });
    const ada = await ApiClient.guest(rivulet.url);
    const session = await ada.start('Remember me', 'demo/rivulet');
    const text = textOf(await ada.allEvents(session.id));
    expect(await rivulet.terminate()).toBe(0);

    rivulet = await startRivulet({ DATA_DIR: dataDir, DEMO_TOKENS_PER_SECOND: '300' });
    const history = await ada.on(rivulet.url).history(session.chat.id);
    expect(history.at(-1)).toMatchObject({ status: 'COMPLETE', content: text });
  });

  it('tells a finished reply again after a restart, to new readers and to those with an old cursor', async () => {
    rivulet = await startRivulet({ DATA_DIR: dataDir, DEMO_TOKENS_PER_SECOND: '300' });
    const ada = await ApiClient.guest(rivulet.url);
    const session = await ada.start('Tell me again', 'demo/rivulet');
    const first = await ada.allEvents(session.id);
    await rivulet.terminate();

    rivulet = await startRivulet({ DATA_DIR: dataDir, DEMO_TOKENS_PER_SECOND: '300' });
    const again = ada.on(rivulet.url);
    expect(textOf(await again.allEvents(session.id))).toBe(textOf(first));
    const returned = await again.allEvents(session.id, first[2]?.sequence);
    expect(returned[0]?.__typename).toBe('RestartEvent');
    expect(textOf([...first.slice(0, 3), ...returned])).toBe(textOf(first));
  });

  it.each(['terminate', 'kill'] as const)('takes a reply up again that a %s interrupted', async (how) => {
    rivulet = await startRivulet({ DATA_DIR: dataDir });
    const ada = await ApiClient.guest(rivulet.url);
    const session = await ada.start('A long answer, please', 'demo/rivulet');
    let cursor = 0;
    for await (const { sequence } of ada.events(session.id)) {
      cursor = sequence;
      if (sequence > 5) break;
    }
    await rivulet[how]();

    rivulet = await startRivulet({ DATA_DIR: dataDir, DEMO_TOKENS_PER_SECOND: '300' });
    const events = await ada.on(rivulet.url).allEvents(session.id, cursor);
    expect(events[0]).toMatchObject({ __typename: 'RestartEvent', attempt: 2 });
    expect(events[0]?.sequence).toBeGreaterThan(cursor);
    expect(events.at(-1)?.message).toMatchObject({ status: 'COMPLETE', content: textOf(events) });
  });

  it('says plainly that its port is taken', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { exitCode, output } = await runRivulet({ DATA_DIR: dataDir, PORT: `${port}` });
    other.close();
    expect(exitCode).toBe(1);
    expect(output).toContain(`Port ${port} is taken`);
  });

  it('names every problem of its configuration at once', async () => {
    const { exitCode, output } = await runRivulet({ PORT: 'x', ROLE: 'boss', REDIS_URL: 'http://redis' });
    expect(exitCode).toBe(1);
    for (const name of ['PORT', 'ROLE', 'REDIS_URL']) expect(output).toContain(name);
  });

  it.each(['api', 'worker'])('refuses ROLE=%s without Redis, and says why', async (ROLE) => {
    const { exitCode, output } = await runRivulet({ ROLE });
    expect(exitCode).toBe(1);
    expect(output).toContain('needs REDIS_URL');
  });
});
