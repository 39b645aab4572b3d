import type { RedisConnections } from '../redis/redis-connections.js';
import { RedisScript } from '../redis/redis-script.js';
import { Batches } from './batches.js';
import { type BegunLog, BegunLogs } from './begun-logs.js';
import { endsReply } from './gather.js';
import type { NewMessageEvent } from './message-event.js';
import { encodeEvent } from './redis-message.js';
import { WRITER_PREFIX } from './redis-names.js';
import { appendLua, beginLua } from './redis-writing.lua.js';
import { FencedError, sequenceBefore } from './token-stream.js';

const begin = new RedisScript(beginLua);
const append = new RedisScript(appendLua);

/** UTF-16 code units of events that go together; an append that has more goes alone. */
const BATCH_LENGTH = 256 * 1024;

/** What an append counts besides its events: no more than a thousand go together, as many as the script asks for at once. */
const APPEND_LENGTH = 256;

/** Between two batches: less than anybody sees, and enough for a busy process to send dozens of tokens at once. */
export const BATCH_GAP_MS = 5;

interface Append {
  readonly sessionId: string;
  readonly attempt: number;
  readonly elements: readonly string[];
  readonly length: number;
  readonly ends: boolean;
  /** Where this process began the log, and so knows where it ends. */
  readonly log: BegunLog | undefined;
}

/** Writes the logs of all sessions of this process, their appends together. */
export class RedisLogWriter {
  readonly #logs: BegunLogs;
  readonly #batches: Batches<Append, number>;
  readonly #key: string;
  #commands = 0;

  /**
   * @param ttlSeconds how long a log stays, at least, after it was last written to.
   * @param id names this process among all that write.
   */
  constructor(
    private readonly connections: RedisConnections,
    ttlSeconds: number,
    private readonly id: string,
    gapMs: number,
    now: () => number,
  ) {
    this.#key = WRITER_PREFIX + id;
    this.#logs = new BegunLogs(ttlSeconds, now);
    this.#batches = new Batches((appends) => this.#send(appends), {
      gapMs,
      maxWeight: BATCH_LENGTH,
      weigh: ({ length }) => APPEND_LENGTH + length,
    });
  }

  async begin(sessionId: string, attempt: number, events: readonly NewMessageEvent[]): Promise<void> {
    const command = `${this.id}:${++this.#commands}`;
    const outcome = await begin.run(
      this.connections.commands,
      [this.#key],
      [
        command,
        this.#logs.lifetimeSeconds,
        sessionId,
        attempt,
        endsReply(events) ? 1 : 0,
        ...events.map(encodeEvent),
      ],
    );
    if (outcome === -1) throw new FencedError(sessionId, attempt);
    if (!endsReply(events)) this.#logs.begun(sessionId, attempt, sequenceBefore(attempt) + events.length);
  }

  /** A reply's first events and its last ones leave at once, and take along what has gathered. */
  async append(sessionId: string, attempt: number, events: readonly NewMessageEvent[]): Promise<number> {
    const elements = events.map(encodeEvent);
    const length = elements.reduce((sum, element) => sum + element.length, 0);
    const ends = endsReply(events);
    const log = this.#logs.find(sessionId, attempt);
    const appended = this.#batches.add({ sessionId, attempt, elements, length, ends, log });
    if (this.#logs.isFirstWrite(sessionId) || ends) this.#batches.hurry();
    const last = await appended;
    if (last === -1) throw new FencedError(sessionId, attempt);
    return last;
  }

  async #send(appends: readonly Append[]): Promise<readonly number[]> {
    const renewed = appends
      .filter(({ sessionId }) => this.#logs.isDue(sessionId))
      .map(({ sessionId }) => sessionId);
    const args: (string | number)[] = [++this.#commands, this.#logs.lifetimeSeconds, appends.length];
    for (const { sessionId } of appends) args.push(sessionId);
    for (const { sessionId, attempt, elements, ends, log } of appends) {
      const last = log ? (log.last += elements.length) : sequenceBefore(attempt);
      args.push(last, ends ? -elements.length : elements.length);
      for (const element of elements) args.push(element);
      if (ends) this.#logs.ended(sessionId);
    }
    args.push(...renewed);
    try {
      const answer = await append.run(this.connections.commands, [this.#key], args);
      if (answer === null) throw new Error('a batch of appends was overtaken by a later one');
      return (answer as string).split(' ').map(Number);
    } catch (error) {
      // Should Redis have run it all the same, what comes next is refused: its writer cannot know.
      for (const { log, elements } of appends) if (log) log.last -= elements.length;
      throw error;
    }
  }
}
