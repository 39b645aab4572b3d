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

  /** The events after `after`, or, where there are none, the last event. */
  async read(sessionId: string, after: number): Promise<MessageEvent[]> {
    const { state, events } = redisNames(sessionId);
    const [first, ...elements] = (await read.run(
      this.connections.commands,
      [state, events],
      [after],
    )) as string[];
    return decodeEvents(elements, Number(first));
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
