import { setTimeout as delay } from 'node:timers/promises';
import { textOf, type ApiClient, type StreamedEvent } from '../support/api-client.js';
import { isFinal } from './history.js';
import { eventually, within } from './waiting.js';

/** Refusals that coming back would not change. */
const FINAL_REFUSALS = ['NOT_FOUND', 'SESSION_EXPIRED', 'VALIDATION_FAILED', 'UNAUTHENTICATED'];
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Somebody who watches one reply to its end: cut off, they come back on any API process, with their cursor. As the page
 * does, they wait twice as long after each failure, and never in step with others.
 */
export class Reader {
  readonly events: StreamedEvent[] = [];
  /** How often the stream broke off. */
  cuts = 0;
  readonly #read: Promise<void>;
  #left = false;

  /** @param urls the API processes that there are at the moment; the first one is asked first. */
  constructor(
    private readonly client: ApiClient,
    private readonly sessionId: string,
    private readonly urls: () => readonly string[],
  ) {
    this.#read = this.#readToEnd();
    // Whoever asks for the end gets the error.
    this.#read.catch(() => undefined);
  }

  get text(): string {
    return textOf(this.events);
  }

  /** Waits until the reader shows `text`. */
  async shows(text: string): Promise<void> {
    const shown = eventually(`the reader is to show ${text}`, () => this.text === text);
    // A reader that was refused would never show it.
    await Promise.race([shown, this.#read.then(() => shown)]);
  }

  /** All events, once the final one has come. */
  async end(deadlineMs?: number): Promise<readonly StreamedEvent[]> {
    try {
      await within(`the end of reply ${this.sessionId}`, this.#read, deadlineMs);
    } catch (error) {
      const seen = this.events.map(({ __typename, sequence }) => `${__typename} ${sequence}`).slice(-10);
      throw new Error(`${String(error)}; ${this.cuts} cuts; seen: ${seen.join(', ')}`, { cause: error });
    } finally {
      this.#left = true;
    }
    return this.events;
  }

  async #readToEnd(): Promise<void> {
    let failures = 0;
    for (let turn = 0; !this.#left; turn += 1) {
      const urls = this.urls();
      const url = urls[turn % urls.length];
      const before = this.events.length;
      if (url !== undefined && (await this.#readFrom(url))) return;
      this.cuts += 1;
      failures = this.events.length > before ? 1 : failures + 1;
      await delay(pauseAfter(failures));
    }
  }

  /** Whether the final event came. */
  async #readFrom(url: string): Promise<boolean> {
    try {
      for await (const event of this.client.on(url).events(this.sessionId, this.events.at(-1)?.sequence)) {
        this.events.push(event);
        if (isFinal(event)) return true;
      }
    } catch (error) {
      // Everything else is a line that was cut, or a refusal of the moment.
      if (FINAL_REFUSALS.includes((error as Error).message)) throw error;
    }
    return false;
  }
}

function pauseAfter(failures: number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
  return longest * (0.5 + Math.random() / 2);
}
