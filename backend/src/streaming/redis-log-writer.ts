import { Logger } from '@nestjs/common';
import type { RedisConnections } from '../redis/redis-connections.js';
import { RedisScript } from '../redis/redis-script.js';
import type { RedisSubscriber } from '../redis/redis-subscriber.js';
import { Batches } from '../redis/batches.js';
import { type BegunLog, BegunLogs } from './begun-logs.js';
import { endsReply } from './gather.js';
import type { NewMessageEvent } from './message-event.js';
import { encodeEvent, Messages } from './redis-message.js';
import { BATCH_PREFIX, LOOK_CHANNEL, READERS_PREFIX, WRITER_PREFIX } from './redis-names.js';
import { appendElsewhereLua, appendLua, beginLua } from './redis-writing.lua.js';
import { ATTEMPT_SPAN, attemptOf, FencedError, sequenceBefore } from './token-stream.js';

const begin = new RedisScript(beginLua);
const append = new RedisScript(appendLua);
const appendElsewhere = new RedisScript(appendElsewhereLua);

/** UTF-16 code units of events that go together; an append that has more goes alone. */
const BATCH_LENGTH = 256 * 1024;

/** What an append counts besides its events: no more than a thousand go together, for Redis serves nobody else meanwhile. */
const APPEND_LENGTH = 256;

/** Between two batches: less than anybody sees, and enough for a busy process to send a hundred tokens at once. */
export const BATCH_GAP_MS = 8;

interface Append {
  readonly sessionId: string;
  readonly log: BegunLog;
  readonly elements: readonly string[];
  readonly length: number;
  readonly ends: boolean;
}

/** Somebody began to read, and may have missed what came meanwhile. */
interface Gap {
  readonly sessionId: string;
  readonly processId: string;
  readonly next: number;
}

/** What a reading process tells: its id, the session, and the last number that it found, or nothing where it leaves. */
type Told = readonly [processId: string, sessionId: string, last?: number];

/**
 * Writes the logs of all sessions of this process, their appends together. Whoever reads one of them tells this process, so
 * Redis need not be asked who does.
 */
export class RedisLogWriter {
  readonly #logger = new Logger(RedisLogWriter.name);
  readonly #logs: BegunLogs;
  readonly #batchKey: string;
  readonly #batches: Batches<Append | Gap, number>;
  #listening?: Promise<void>;
  #commands = 0;

  /**
   * @param ttlSeconds how long a log stays, at least, after it was last written to.
   * @param id names this process among all that write.
   */
  constructor(
    private readonly connections: RedisConnections,
    private readonly subscriber: RedisSubscriber,
    ttlSeconds: number,
    private readonly id: string,
    gapMs: number,
    now: () => number,
  ) {
    this.#batchKey = BATCH_PREFIX + id;
    this.#logs = new BegunLogs(ttlSeconds, now);
    this.#batches = new Batches((items) => this.#send(items), {
      gapMs,
      maxWeight: BATCH_LENGTH,
      weigh: (item) => APPEND_LENGTH + ('length' in item ? item.length : 0),
    });
  }

  /** How many processes are told, one being counted for each log that it reads. */
  get readerCount(): number {
    return this.#logs.readerCount;
  }

  async begin(sessionId: string, attempt: number, events: readonly NewMessageEvent[]): Promise<void> {
    await (this.#listening ??= this.#listen());
    const ends = endsReply(events);
    // Before it is there: whoever reads it may tell so before the answer has come.
    const log = this.#logs.begun(sessionId, attempt, sequenceBefore(attempt) + events.length);
    let waiting: readonly string[] | undefined;
    try {
      const answer = await begin.run(
        this.connections.commands,
        [],
        this.#command(sessionId, attempt, events),
      );
      if (answer === -1) throw new FencedError(sessionId, attempt);
      waiting = answer as string[];
    } finally {
      if (ends || !waiting) this.#logs.forget(sessionId, log);
    }
    for (const processId of waiting) log.readers.add(processId);
  }

  async append(sessionId: string, attempt: number, events: readonly NewMessageEvent[]): Promise<number> {
    const log = this.#logs.find(sessionId, attempt);
    const last = await (log
      ? this.#appendHere(sessionId, log, events)
      : appendElsewhere.run(this.connections.commands, [], this.#command(sessionId, attempt, events)));
    if (last === -1) throw new FencedError(sessionId, attempt);
    return last as number;
  }

  #appendHere(sessionId: string, log: BegunLog, events: readonly NewMessageEvent[]): Promise<number> {
    const elements = events.map(encodeEvent);
    const length = elements.reduce((sum, element) => sum + element.length, 0);
    return this.#batches.add({ sessionId, log, elements, length, ends: endsReply(events) });
  }

  #command(sessionId: string, attempt: number, events: readonly NewMessageEvent[]): (string | number)[] {
    const name = `${this.id}:${++this.#commands}`;
    const final = endsReply(events) ? 1 : 0;
    return [name, this.#logs.lifetimeSeconds, this.id, sessionId, attempt, final, ...events.map(encodeEvent)];
  }

  /** Once listened to, the channel is kept. */
  async #listen(): Promise<void> {
    const subscription = this.subscriber.listen(WRITER_PREFIX + this.id, {
      message: (text) => this.#hear(JSON.parse(text) as Told[]),
      resubscribed: () => this.#askWhoReads(),
    });
    try {
      await subscription.confirmed;
    } catch (error) {
      // Redis is away: who begins next tries anew.
      subscription.leave();
      this.#listening = undefined;
      throw error;
    }
  }

  #hear(told: readonly Told[]): void {
    for (const [processId, sessionId, last] of told) {
      if (last === undefined) this.#logs.leave(sessionId, processId);
      else if (this.#misses(processId, sessionId, last)) {
        // It waits for what is under way, so that the list has everything when it is told. Else looking will find it.
        this.#batches.add({ sessionId, processId, next: last + 2 }).catch(() => undefined);
      }
    }
  }

  /** Takes a process in that has all up to `last`. Whether something may have been sent since that it was not told. */
  #misses(processId: string, sessionId: string, last: number): boolean {
    const log = this.#logs.find(sessionId, attemptOf(last));
    if (!log) return this.#logs.hasEnded(sessionId);
    if (log.readers.has(processId)) return false;
    log.readers.add(processId);
    return log.last !== last;
  }

  /** Some may have told it while nobody listened. */
  #askWhoReads(): void {
    for (const sessionId of this.#logs.sessionIds) {
      this.connections.commands
        .publish(LOOK_CHANNEL, sessionId)
        .catch((error: unknown) => this.#logger.debug(`could not ask who reads: ${String(error)}`));
    }
  }

  async #send(items: readonly (Append | Gap)[]): Promise<readonly number[]> {
    const sent = items.map((item) => ({ item, last: 'log' in item ? number(item) : 0 }));
    const accepted = sent.filter(({ last }) => last !== -1);
    try {
      const answer = await append.run(this.connections.commands, [this.#batchKey], this.#batch(accepted));
      if (answer === null) throw new Error('a batch of appends was overtaken by a later one');
      await this.#conclude(accepted, answer as string);
      return sent.map(({ last }) => last);
    } catch (error) {
      // Should Redis have run it all the same, what comes next is refused: its writer cannot know.
      for (const { item } of accepted) if ('log' in item) unnumber(item);
      throw error;
    }
  }

  /** What `appendLua` is told. */
  #batch(sent: readonly Sent[]): (string | number)[] {
    const pushes: string[] = [];
    const lengths: number[] = [];
    const renewals: (string | number)[] = [];
    const endings: (string | number)[] = [];
    let sum = 0;
    for (const { item, last } of sent) {
      if (!('log' in item)) continue;
      const { sessionId, log, elements, ends } = item;
      elements.forEach((element, index) => {
        // The list has one element more than the attempt has events.
        const length = ((last - elements.length + index + 1) % ATTEMPT_SPAN) + 1;
        pushes.push(log.key, element);
        lengths.push(length);
        sum += length;
      });
      if (this.#logs.isDue(sessionId, log)) renewals.push(sessionId, log.attempt);
      if (ends) endings.push(lengths.length, sessionId, log.attempt);
    }
    const told = [...messagesOf(sent).texts()].flatMap(([id, text]) => [READERS_PREFIX + id, text]);
    const head = [++this.#commands, this.#logs.lifetimeSeconds, lengths.length, renewals.length / 2];
    return [...head, endings.length / 3, lengths.join(' '), sum, ...pushes, ...renewals, ...endings, ...told];
  }

  /** Where an append was refused, nobody has been told of the others yet. */
  async #conclude(sent: readonly Sent[], answer: string): Promise<void> {
    let index = 0;
    for (const one of sent) {
      if (!('log' in one.item)) continue;
      const { sessionId, log, elements, ends } = one.item;
      const from = index;
      index += elements.length;
      if (answer.slice(from, index).includes('0')) one.last = -1;
      else if (ends) this.#logs.ended(sessionId, log);
    }
    if (answer !== '') await this.#publish(messagesOf(sent.filter(({ last }) => last !== -1)));
  }

  async #publish(messages: Messages): Promise<void> {
    const told = [...messages.texts()].map(([id, text]) =>
      this.connections.commands.publish(READERS_PREFIX + id, text),
    );
    // What was appended is there, and looking finds it.
    await Promise.allSettled(told);
  }
}

interface Sent {
  readonly item: Append | Gap;
  /** The number of the append's last event, or -1 where it was refused. */
  last: number;
}

/** Gives an append its numbers and returns the last one, or -1 where the log ends before it. */
function number({ log, elements, ends }: Append): number {
  if (log.ends) return -1;
  log.ends = ends;
  return (log.last += elements.length);
}

function unnumber({ log, elements }: Append): void {
  log.ends = false;
  log.last -= elements.length;
}

function messagesOf(sent: readonly Sent[]): Messages {
  const messages = new Messages();
  for (const { item, last } of sent) {
    if ('log' in item) {
      const first = last - item.elements.length + 1;
      for (const processId of item.log.readers) messages.add(processId, item.sessionId, first, item.elements);
    } else {
      messages.addGap(item.processId, item.sessionId, item.next);
    }
  }
  return messages;
}
