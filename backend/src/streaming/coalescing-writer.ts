import { gather } from './gather.js';
import type { NewMessageEvent } from './message-event.js';
import type { TokenStream } from './token-stream.js';

export type TextEvent = Extract<NewMessageEvent, { type: 'token' | 'reasoning' }>;

/** Text that was appended, as a reader of the attempt has it. */
export interface AppendedText {
  readonly content: string;
  readonly reasoning: string;
}

/** UTF-16 code units that may gather before `push` asks its caller to wait. */
const MAX_GATHERED = 256 * 1024;

/**
 * Appends the text of one attempt as it comes. A piece goes out at once while no append is under way; during one,
 * pieces gather, and go out as few events when it returns. So a quick stream loses no time and a busy one makes fewer
 * and larger events.
 *
 * The first append that fails (a `FencedError`, or the stream's store) is the last: `signal` aborts with its error,
 * and `push` and `flush` throw it.
 */
export class CoalescingWriter {
  readonly #failed = new AbortController();
  #gathered: TextEvent[] = [];
  #gatheredLength = 0;
  #content = '';
  #reasoning = '';
  #sending?: Promise<void>;

  constructor(
    private readonly stream: TokenStream,
    private readonly sessionId: string,
    private readonly attempt: number,
    private readonly maxGathered: number = MAX_GATHERED,
  ) {}

  /** Aborts when an append fails, with the error as its reason: nobody will see what the provider still sends. */
  get signal(): AbortSignal {
    return this.#failed.signal;
  }

  /** What has been appended so far, whatever was pushed: what readers have seen, and so what is saved. */
  get appended(): AppendedText {
    return { content: this.#content, reasoning: this.#reasoning };
  }

  /**
   * Opens the log as `TokenStream.begin` does, before the first `push`. What is pushed meanwhile gathers, so nobody need
   * wait for it; that it failed is told as of an append.
   */
  begin(events: readonly NewMessageEvent[]): void {
    this.#sending = this.#send(() => this.stream.begin(this.sessionId, this.attempt, events));
  }

  /**
   * Appends soon. A promise comes back when so much has gathered that the caller should await it before going on; it
   * never rejects.
   */
  push(event: TextEvent): Promise<void> | undefined {
    this.signal.throwIfAborted();
    gather(this.#gathered, event);
    this.#gatheredLength += event.content.length;
    this.#sending ??= this.#send();
    return this.#gatheredLength > this.maxGathered ? this.#sending : undefined;
  }

  /** Waits until everything that was pushed has been appended. */
  async flush(): Promise<void> {
    await this.#sending;
    this.signal.throwIfAborted();
  }

  async #send(first?: () => Promise<void>): Promise<void> {
    try {
      if (first) await first();
      while (this.#gathered.length > 0) {
        const events = this.#gathered;
        this.#gathered = [];
        this.#gatheredLength = 0;
        await this.stream.append(this.sessionId, this.attempt, events);
        for (const event of events) this.#count(event);
      }
    } catch (error) {
      // Whatever it is, the caller gets it: through the signal at once, and from push and flush.
      this.#failed.abort(error);
    } finally {
      this.#sending = undefined;
    }
  }

  #count(event: TextEvent): void {
    switch (event.type) {
      case 'token':
        this.#content += event.content;
        return;
      case 'reasoning':
        this.#reasoning += event.content;
        return;
      default:
        event satisfies never;
    }
  }
}
