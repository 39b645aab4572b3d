import type { RedisConnections } from '../redis/redis-connections.js';
import { RedisScript } from '../redis/redis-script.js';
import { endsReply } from './gather.js';
import type { MessageEvent, NewMessageEvent } from './message-event.js';
import { appendLua, beginLua, readLua } from './redis-log.lua.js';
import { decodeEvents, encodeEvent } from './redis-message.js';
import { FencedError, sequenceBefore } from './token-stream.js';

const begin = new RedisScript(beginLua);
const append = new RedisScript(appendLua);
const read = new RedisScript(readLua);

/** Where Redis keeps a session's events. The braces put all of a session in one slot of a cluster. */
export function redisNames(sessionId: string) {
  const session = `rivulet:{${sessionId}}`;
  return { state: `${session}:state`, events: `${session}:events`, channel: `${session}:channel` };
}

/** What is read at once, give or take one event: a long reply shall not be in memory whole for each of its readers. */
const PAGE_BYTES = 64 * 1024;

/** The first events after a number; where there are none, the last event; nothing where there is no log. */
export interface LogPage {
  readonly events: MessageEvent[];
  /** The number of the log's last event. */
  readonly last: number;
}

/** The logs of all sessions in Redis, without the following of them. */
export class RedisLog {
  #commands = 0;

  /** @param writerId names this process among all that write. */
  constructor(
    private readonly connections: RedisConnections,
    private readonly ttlSeconds: number,
    private readonly writerId: string,
  ) {}

  async begin(sessionId: string, attempt: number, events: readonly NewMessageEvent[]): Promise<void> {
    await this.#write(begin, sessionId, attempt, events, [sequenceBefore(attempt)]);
  }

  async append(sessionId: string, attempt: number, events: readonly NewMessageEvent[]): Promise<number> {
    return this.#write(append, sessionId, attempt, events, []);
  }

  async read(sessionId: string, after: number): Promise<LogPage> {
    const { state, events } = redisNames(sessionId);
    const [first, last, ...elements] = (await read.run(
      this.connections.commands,
      [state, events],
      [after, PAGE_BYTES],
    )) as string[];
    return { events: decodeEvents(elements, Number(first)), last: Number(last ?? 0) };
  }

  async currentAttempt(sessionId: string): Promise<number> {
    return Number((await this.connections.commands.hget(redisNames(sessionId).state, 'attempt')) ?? 0);
  }

  async #write(
    script: RedisScript,
    sessionId: string,
    attempt: number,
    events: readonly NewMessageEvent[],
    extra: readonly number[],
  ): Promise<number> {
    const { state, events: list, channel } = redisNames(sessionId);
    const stamp = [
      channel,
      this.ttlSeconds,
      this.writerId,
      ++this.#commands,
      attempt,
      endsReply(events) ? 1 : 0,
    ];
    const last = await script.run(
      this.connections.commands,
      [state, list],
      [...stamp, ...extra, ...events.map(encodeEvent)],
    );
    if (last === -1) throw new FencedError(sessionId, attempt);
    if (last === -2) throw new Error(`an append to session ${sessionId} was overtaken by a later one`);
    return last as number;
  }
}
