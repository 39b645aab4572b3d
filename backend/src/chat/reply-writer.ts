import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { GenerationChunk } from '../providers/provider-adapter.js';
import { CoalescingWriter } from '../streaming/coalescing-writer.js';
import type { NewMessageEvent } from '../streaming/message-event.js';
import { FencedError, type TokenStream } from '../streaming/token-stream.js';
import { GenerationAborted } from './generation-aborted.js';
import type { Renewals } from './renewals.js';
import type { Claim, ReplyContent, ReplyOutcome, SessionRepository } from './session-repository.js';

/** How long to wait before the end is tried to be saved again, in milliseconds. */
const SAVE_PAUSE_MS = 500;

/** The parts of an outcome that the writer does not know itself. */
export type ReplyEnd = Omit<
  ReplyOutcome,
  keyof ReplyContent | 'inputTokens' | 'outputTokens' | 'timeToFirstTokenMs'
>;

/** One attempt at one reply: opens its log, appends what arrives, keeps its session alive, and ends it once. */
export class ReplyWriter {
  private readonly logger = new Logger(ReplyWriter.name);
  #usage: { inputTokens?: number; outputTokens?: number } = {};
  #timeToFirstTokenMs?: number;
  readonly #writer: CoalescingWriter;
  readonly #startedAt = performance.now();
  readonly #stopRenewals: () => void;
  /** `AbortSignal.any` would cost a reply more than everything else here. */
  readonly #abort = new AbortController();
  readonly #follow = ({ target }: Event) => this.#abort.abort((target as AbortSignal).reason);

  constructor(
    private readonly claim: Claim,
    private readonly tokenStream: TokenStream,
    private readonly sessions: SessionRepository,
    private readonly ttlSeconds: number,
    private readonly outer: AbortSignal,
    renewals: Renewals,
  ) {
    const { session, attempt } = claim;
    const restart: NewMessageEvent[] = attempt > 1 ? [{ type: 'restart', attempt, reason: 'INTERNAL' }] : [];
    const writer = new CoalescingWriter(tokenStream, session.id, attempt);
    // At once, so that readers of an earlier attempt hear of the restart, however slow the provider is.
    writer.begin(restart);
    this.#writer = writer;
    if (outer.aborted) this.#abort.abort(outer.reason);
    for (const signal of [outer, writer.signal])
      signal.addEventListener('abort', this.#follow, { once: true });
    this.#stopRenewals = renewals.keep({
      sessionId: session.id,
      attempt,
      get appended() {
        return writer.appended;
      },
      abort: (reason) => this.#abort.abort(reason),
    });
  }

  /** Aborts with `outer`, when this attempt may no longer write, or when a stop came by way of the database. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** What readers have been told so far. */
  get appended(): ReplyContent {
    return this.#writer.appended;
  }

  /** Takes one chunk. What it returns is waited for, so that a provider is read no faster than can be written. */
  push(chunk: GenerationChunk): Promise<void> | undefined {
    switch (chunk.type) {
      case 'text':
        this.#timeToFirstTokenMs ??= performance.now() - this.#startedAt;
        return this.#writer.push({ type: 'token', content: chunk.text });
      case 'reasoning':
        this.#timeToFirstTokenMs ??= performance.now() - this.#startedAt;
        return this.#writer.push({ type: 'reasoning', content: chunk.text });
      case 'usage':
        this.#usage = { inputTokens: chunk.inputTokens, outputTokens: chunk.outputTokens };
        return undefined;
      case 'finish':
        return undefined;
      default:
        return chunk satisfies never;
    }
  }

  /** Takes what was there before this attempt: no model says it now, so it is no first token either. */
  async repeat({ content, reasoning }: ReplyContent): Promise<void> {
    if (reasoning) await this.#writer.push({ type: 'reasoning', content: reasoning });
    if (content) await this.#writer.push({ type: 'token', content });
  }

  /** Saves what has been appended as the reply. Throws `FencedError` if another attempt took over. */
  async save(end: ReplyEnd): Promise<ReplyOutcome> {
    this.#stopRenewals();
    await this.#writer.flush();
    const { session, attempt } = this.claim;
    const outcome: ReplyOutcome = {
      ...end,
      ...this.#writer.appended,
      ...this.#usage,
      timeToFirstTokenMs: this.#timeToFirstTokenMs && Math.round(this.#timeToFirstTokenMs),
    };
    if (!(await this.finish(outcome))) throw new FencedError(session.id, attempt);
    return outcome;
  }

  /** Tells the readers how it ended; the reply must have been saved. */
  async tell(finalEvent: NewMessageEvent): Promise<void> {
    await this.tokenStream.append(this.claim.session.id, this.claim.attempt, [finalEvent]);
  }

  /** Saves what has arrived, for whoever makes the next attempt. */
  async handOver(): Promise<void> {
    this.#stopRenewals();
    await this.#writer.flush();
    await this.sessions.handOver(this.claim.session.id, this.claim.attempt, this.#writer.appended);
  }

  /** Must be called in the end, whatever happened. */
  close(): void {
    this.#stopRenewals();
    this.outer.removeEventListener('abort', this.#follow);
  }

  /** A database that is away must not cost a reply that is all there: it is kept for as long as its session lives. */
  private async finish(outcome: ReplyOutcome): Promise<boolean> {
    const { session, attempt } = this.claim;
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.sessions.finish(session.id, attempt, outcome, this.ttlSeconds);
      } catch (error) {
        // Whatever it is: if it stays, the next attempt of the job has to make the reply again.
        if (tries * SAVE_PAUSE_MS > this.ttlSeconds * 1000 || isHandedOver(this.outer)) throw error;
        this.logger.warn(`session ${session.id} could not be saved yet: ${String(error)}`);
        await delay(SAVE_PAUSE_MS);
      }
    }
  }
}

/** Whether the process is to end and another one shall go on. */
function isHandedOver({ reason }: AbortSignal): boolean {
  return reason instanceof GenerationAborted && reason.why === 'handed-over';
}
