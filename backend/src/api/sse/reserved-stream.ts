import type { RequestParams, Response as SseResponse } from 'graphql-sse';
import { rateLimited } from '../../limits/rate-limited.js';
import { ACCEPTED, NO_CONTENT, refused, refusedResult, STOPPED, STREAM } from './answers.js';
import { framesOf, resultFrame } from './frames.js';
import type { Context, Operations } from './operations.js';
import type { Outlet } from './outlet.js';
import { failedResult } from './results.js';
import { SharedFrames } from './shared-frames.js';
import { StreamBody } from './stream-body.js';
import type { SubscriptionFrames } from './subscription-frames.js';
import { whenClosed } from './when-closed.js';

/** Operations of one stream that run, or whose result has not been taken. */
const MAX_OPERATIONS = 50;
const MAX_ID_LENGTH = 100;
/** When one of them may have ended, in milliseconds. */
const RETRY_AFTER_MS = 1_000;

/** What those who keep the stream have to know of it. */
interface Life {
  opened(): void;
  closed(): void;
}

/** Operations whose results share a connection: the single-connection mode of graphql-sse's protocol. */
export class ReservedStream {
  readonly #frames = new SharedFrames();
  /** By the client's own words for them: in a map, because no word may mean anything to it. */
  readonly #running = new Map<string, Running>();
  #isOpen = false;

  constructor(
    private readonly operations: Operations,
    private readonly life: Life,
  ) {}

  open(outlet: Outlet): SseResponse {
    if (this.#isOpen) return refused('CONFLICT', 'This stream is open already.');
    this.#isOpen = true;
    this.life.opened();
    whenClosed(outlet.response, () => void this.close());
    return [new StreamBody(this.#frames, outlet), STREAM];
  }

  /** Ends what runs: nobody will hear of it. */
  async close(): Promise<void> {
    this.life.closed();
    await this.#frames.return();
    await Promise.all(Array.from(this.#running.values(), (operation) => operation.stop()));
  }

  async execute(params: RequestParams, context: () => Promise<Context>): Promise<SseResponse> {
    const id = params.extensions?.['operationId'];
    if (!isOperationId(id)) return refused('VALIDATION_FAILED', 'Give a text as extensions.operationId.');
    if (this.#running.has(id)) return refused('CONFLICT', 'There is an operation of this name.');
    if (this.#running.size >= MAX_OPERATIONS) throw rateLimited(RETRY_AFTER_MS);
    const running = new Running();
    this.#running.set(id, running);
    try {
      const begun = await this.#begin(id, running, params, context);
      if (!('sent' in begun)) {
        this.#running.delete(id);
        return begun;
      }
      void begun.sent.then(() => this.#running.delete(id));
      return ACCEPTED;
    } catch (error) {
      this.#running.delete(id);
      throw error;
    }
  }

  async stop(id: string | undefined): Promise<SseResponse> {
    if (!isOperationId(id)) return refused('VALIDATION_FAILED', 'Give the text as operationId.');
    await this.#running.get(id)?.stop();
    return STOPPED;
  }

  /** An answer where nothing runs; otherwise what settles when all has been taken. */
  async #begin(
    id: string,
    running: Running,
    params: RequestParams,
    context: () => Promise<Context>,
  ): Promise<SseResponse | { readonly sent: Promise<void> }> {
    const preparation = await this.operations.prepare(params, context);
    if (preparation.type === 'refused') return refusedResult(preparation.result);
    if (running.isStopped) return NO_CONTENT;
    const frames = framesOf(id);
    const outcome = await preparation.begin(frames);
    if (outcome.type !== 'subscription') {
      return { sent: this.#frames.put(resultFrame(frames, outcome.result) + frames.complete) };
    }
    const sent = running
      .send(outcome.frames, this.#frames)
      .catch((error: unknown) =>
        this.#frames.put(resultFrame(frames, failedResult(error)) + frames.complete),
      );
    return { sent };
  }
}

/** One operation, from the request for it until the last of it has been taken. */
class Running {
  #source?: SubscriptionFrames;
  #stopped = false;

  get isStopped(): boolean {
    return this.#stopped;
  }

  async send(source: SubscriptionFrames, into: SharedFrames): Promise<void> {
    this.#source = source;
    if (this.#stopped) await source.return();
    for (let frame = await source.next(); !frame.done; frame = await source.next())
      await into.put(frame.value);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#source?.return();
  }
}

function isOperationId(id: unknown): id is string {
  return typeof id === 'string' && id !== '' && id.length <= MAX_ID_LENGTH;
}
