import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from '../support/api-client.js';
import { eventStream, Refusal } from './event-stream.js';
import { isFinal } from '../faults/history.js';
import type { Random } from './random.js';
import type { Connection, ReaderTrace } from './run-record.js';

/** Ways to read. */
export const READER_KINDS = ['steady', 'late', 'roaming', 'slow', 'stuck'] as const;
export type ReaderKind = (typeof READER_KINDS)[number];

/** Refusals that coming back would not change. */
const FINAL_REFUSALS = ['NOT_FOUND', 'SESSION_EXPIRED', 'VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN'];
const LONGEST_PAUSE_MS = 1_000;

interface ReadingOptions {
  readonly client: ApiClient;
  readonly sessionId: string;
  /** The addresses to ask, at the moment. */
  readonly urls: () => readonly string[];
  readonly now: () => number;
  readonly random: Random;
  /** Aborts when nobody waits any longer. */
  readonly signal: AbortSignal;
}

/** Reads one reply to its end, coming back with the cursor on any API process; writes down all of it. */
export class SoakReader {
  readonly trace: ReaderTrace;
  /** Resolves when the reading is over; never rejects. */
  readonly done: Promise<void>;
  #cursor = 0;
  #cutsInARow = 0;

  constructor(
    kind: ReaderKind,
    private readonly options: ReadingOptions,
  ) {
    this.trace = { kind, connections: [] };
    this.done = this.#read(kind).catch((error: unknown) => {
      if (!options.signal.aborted) throw error;
    });
  }

  async #read(kind: ReaderKind): Promise<void> {
    const { random, signal, urls, now } = this.options;
    if (kind === 'late') await this.#pause(random.between(300, 5_000));
    while (!signal.aborted) {
      const url = random.pick(urls().length > 0 ? urls() : ['']);
      const connection: Connection = {
        ...{ url, after: this.#cursor, openedMs: now(), events: [] },
        ended: 'cut',
      };
      this.trace.connections.push(connection);
      connection.ended = await this.#stay(kind, connection);
      if (connection.ended === 'final' || FINAL_REFUSALS.includes(connection.ended)) break;
      this.#cutsInARow = connection.events.length > 0 ? 0 : this.#cutsInARow + 1;
      const away = Math.min(LONGEST_PAUSE_MS, 50 * 2 ** this.#cutsInARow);
      await this.#pause(connection.ended === 'left' ? random.between(0, 1_500) : away * random.next());
    }
    this.trace.endedMs = now();
  }

  /** One connection; returns how it ended. */
  async #stay(kind: ReaderKind, { url, events }: Connection): Promise<string> {
    const { client, sessionId, random, signal } = this.options;
    const leavesAfter = kind === 'roaming' ? 1 + random.below(25) : Infinity;
    const left = new AbortController();
    const stays = AbortSignal.any([left.signal, signal]);
    try {
      for await (const event of eventStream(client.on(url), sessionId, this.#cursor, stays)) {
        events.push(event);
        this.#cursor = event.sequence;
        // What comes after a final event is written down too, if anything does.
        if (events.length >= leavesAfter && !events.some(isFinal)) return 'left';
        if (kind === 'slow') await this.#pause(random.between(0, 250));
        if (kind === 'stuck' && events.length === 1) await this.#pause(random.between(1_000, 4_000));
      }
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      // Everything else is a line that was cut.
    } finally {
      left.abort();
    }
    return events.some(isFinal) ? 'final' : 'cut';
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.options.signal });
  }
}
