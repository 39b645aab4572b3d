import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { textOf, type ApiClient, type Session, type StreamedEvent } from '../support/api-client.js';
import { COLLECTABLE, heldBytes, metric, openHandles } from '../support/process-figures.js';
import { violations } from './history.js';
import { TcpProxy } from './tcp-proxy.js';
import { useCluster } from './use-cluster.js';
import { eventually } from './waiting.js';

/** As many who come back as the page does, and as programs do that leave it to graphql-sse. */
const EACH = 500;
/** A thousand readers in one process of a small machine take their time; how long is not what is asked here. */
const PATIENCE_MS = 120_000;
const TIMEOUT_MS = 8 * 60_000;
const MEGABYTE = 1024 * 1024;
/** What a second thousand may cost over the first: far below the 16 KB a reader of anything that is kept. */
const MAX_GROWTH_BYTES = 16 * MEGABYTE;

/** A program that leaves coming back to the graphql-sse client: it waits 1.3 to 4 s, twice as long each time. */
class SelfRetryingReader {
  readonly events: StreamedEvent[] = [];
  readonly #read: Promise<void>;
  #failure?: Error;

  constructor(client: ApiClient, { id }: Session) {
    this.#read = this.#readToEnd(client.events(id, 0, { retryAttempts: 5 }));
    this.#read.catch((error: Error) => (this.#failure = error));
  }

  /** Throws where it has given up. */
  get text(): string {
    if (this.#failure) throw this.#failure;
    return textOf(this.events);
  }

  async end(): Promise<readonly StreamedEvent[]> {
    await this.#read;
    return this.events;
  }

  async #readToEnd(events: AsyncIterable<StreamedEvent>): Promise<void> {
    for await (const event of events) this.events.push(event);
  }
}

describe('a thousand readers', () => {
  const cluster = useCluster({ env: COLLECTABLE });
  let lines: readonly TcpProxy[];

  beforeAll(async () => {
    lines = await Promise.all(cluster.apis.map(({ url }) => TcpProxy.to(url)));
  });
  afterAll(() => Promise.all(lines.map((line) => line.close())));

  /** All of them read one reply, are cut off at once, come back, and read it to its end. */
  const readAndBeCut = async (ada: ApiClient, prompt: string): Promise<void> => {
    const session = await ada.start(prompt, 'openai/staged');
    const call = await cluster.stage.call(prompt);
    await call.say('before, ');
    const urls = lines.map(({ url }) => url.replace(/\/$/, ''));
    const pages = Array.from({ length: EACH }, () => cluster.read(ada, session, () => urls));
    const programs = Array.from(
      { length: EACH },
      (_, index) => new SelfRetryingReader(ada.on(urls[index % urls.length] ?? ''), session),
    );
    const readers = [...pages, ...programs];
    const allShow = (text: string) =>
      eventually(`all to show ${text}`, () => readers.every((reader) => reader.text === text), PATIENCE_MS);
    await allShow('before, ');
    for (const line of lines) line.cut();
    await call.say('meanwhile, ');
    await allShow('before, meanwhile, ');
    await call.say('after');
    await call.end();

    const histories = await Promise.all(readers.map((reader) => reader.end()));
    const saved = await cluster.saved(ada, session);
    expect(histories.flatMap((events) => violations({ events, saved, sent: call.text }))).toEqual([]);
    expect(pages.every(({ cuts }) => cuts > 0)).toBe(true);
    expect(cluster.stage.calls(prompt)).toHaveLength(1);
  };

  const handles = () => Promise.all(cluster.apis.map(({ pid }) => openHandles(pid)));
  const memory = () => Promise.all(cluster.apis.map(heldBytes));
  const openStreams = async (): Promise<number> => {
    const streams = cluster.apis.map(({ url }) => metric(url, 'rivulet_open_streams'));
    return (await Promise.all(streams)).reduce((sum, streamsOfOne) => sum + streamsOfOne, 0);
  };

  it(
    'are cut off at once and all come back, in nobody’s step, and leave nothing behind',
    async () => {
      const ada = await cluster.guest();
      const atRest = await handles();
      await readAndBeCut(ada, 'The first thousand');
      await eventually('no stream is open', async () => (await openStreams()) === 0);
      const before = await memory();

      await readAndBeCut(ada, 'The second thousand');
      await eventually('no stream is open', async () => (await openStreams()) === 0);
      // Between two requests a connection is kept for longer than faults are waited for.
      await eventually(
        'no connection is left',
        async () => (await handles()).every((count, index) => count <= (atRest[index] ?? 0) + 5),
        PATIENCE_MS,
      );
      const grown = (await memory()).map((bytes, index) => bytes - (before[index] ?? 0));
      expect(Math.max(...grown)).toBeLessThan(MAX_GROWTH_BYTES);
    },
    TIMEOUT_MS,
  );
});
