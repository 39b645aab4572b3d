import type { RedisConnections } from '../redis/redis-connections.js';
import { RedisScript } from '../redis/redis-script.js';
import { Batches } from '../redis/batches.js';
import type { MessageEvent } from './message-event.js';
import { decodeEvents } from './redis-message.js';
import { readLua } from './redis-reading.lua.js';

const read = new RedisScript(readLua);

/** What is read at once, give or take one event: a long reply shall not be in memory whole for each of its readers. */
const PAGE_BYTES = 64 * 1024;
/** The same for all who ask at once, give or take a page. */
const PAGES_BYTES = 512 * 1024;
/** How many may ask at once: Redis serves nobody else meanwhile. */
const MAX_REQUESTS = 128;

/** The first events after a number; none where there is no log or nothing new. */
export interface LogPage {
  readonly events: readonly MessageEvent[];
  /** The number of the log's last event, or the one before its first; -1 where there is no log. */
  readonly last: number;
}

interface Request {
  readonly sessionId: string;
  /** The number that the reader has; undefined where the process leaves. */
  readonly after?: number;
}

/** Reads the logs of all sessions for this process. What is asked for while Redis answers is asked for together. */
export class RedisLogReader {
  /** Pages that were not sent for yet: readers of one session at one place share what they get. */
  readonly #asked = new Map<string, Promise<LogPage>>();
  readonly #requests = new Batches<Request, LogPage>((requests) => this.#send(requests), {
    gapMs: 0,
    maxWeight: MAX_REQUESTS,
    weigh: () => 1,
  });

  /** @param id names this process among all that read; letters and digits, as many as the others have. */
  constructor(
    private readonly connections: RedisConnections,
    private readonly id: string,
  ) {}

  /** The events after `after`. From then on this process is told what is appended, if there is a log. */
  join(sessionId: string, after: number): Promise<LogPage> {
    const place = placeOf({ sessionId, after });
    const asked = this.#asked.get(place);
    if (asked) return asked;
    const page = this.#requests.add({ sessionId, after });
    this.#asked.set(place, page);
    // It may have failed with what went before it, and never have been sent.
    page.catch(() => this.#asked.delete(place));
    return page;
  }

  /** This process need not be told any more. What is asked for later is done later, so a `join` that follows holds. */
  async leave(sessionId: string): Promise<void> {
    await this.#requests.add({ sessionId });
  }

  async #send(requests: readonly Request[]): Promise<readonly LogPage[]> {
    for (const request of requests) this.#asked.delete(placeOf(request));
    const args = requests.flatMap(({ sessionId, after }) => [sessionId, after ?? '']);
    const answers = await read.run(
      this.connections.commands,
      [],
      [this.id, PAGE_BYTES, PAGES_BYTES, ...args],
    );
    return (answers as (number | string)[][]).map(([first, last, ...elements]) => ({
      events: decodeEvents(elements as string[], Number(first)),
      last: Number(last ?? -1),
    }));
  }
}

function placeOf({ sessionId, after }: Request): string {
  return `${after} ${sessionId}`;
}
