import type { AppConfig } from '../config/app-config.js';
import { AppError } from '../errors/app-error.js';
import { sleep, type Clock } from './clock.js';
import { GuardedCall } from './guarded-call.js';
import type { CatalogModel } from './model-catalog.js';
import type { ChunkSink, GenerationRequest, ProviderAdapter } from './provider-adapter.js';
import type { ProviderRegistry } from './provider-registry.js';
import { CallWatchdog, timeout } from './call-watchdog.js';
import { retryDelayMs } from './retry-delay.js';
import { TextGenerator } from './text-generator.js';
import { cutText } from './text-mender.js';
import { vendorError } from './vendor-failure.js';

type GenerationLimits = Omit<AppConfig['generation'], 'concurrency'>;

/** What goes out of one reply, over all its attempts. */
class BoundedReply {
  /** UTF-16 code units of text and reasoning. */
  length = 0;

  constructor(
    private readonly max: number,
    private readonly sink: ChunkSink,
    private readonly exceeded: () => void,
  ) {}

  readonly take: ChunkSink = (chunk) => {
    if (chunk.type !== 'text' && chunk.type !== 'reasoning') return this.sink(chunk);
    const text = cutText(chunk.text, this.max - this.length);
    this.length += text.length;
    if (text.length === chunk.text.length) return this.sink(chunk);
    const room = text === '' ? undefined : this.sink({ ...chunk, text });
    this.exceeded();
    return room;
  };
}

/**
 * Asks the provider's adapter, with our deadlines, our retries and our bound around it. The whole of the reply,
 * retries and their pauses included, has one deadline; each attempt has its own for the first token.
 */
export class GuardedTextGenerator extends TextGenerator {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly limits: GenerationLimits,
    private readonly clock: Clock,
    /** In [0, 1), as Math.random. */
    private readonly random: () => number,
  ) {
    super();
  }

  async stream(
    model: CatalogModel,
    request: Omit<GenerationRequest, 'model'>,
    take: ChunkSink,
    outer: AbortSignal,
  ): Promise<void> {
    outer.throwIfAborted();
    const { provider, vendorModel } = model;
    const adapter = this.registry.for(provider);
    const vendorRequest = { ...request, model: vendorModel };
    const controller = new AbortController();
    const { signal } = controller;
    const exceeded = () => controller.abort(vendorError(provider, 'too-large'));
    const reply = new BoundedReply(this.limits.maxReplyLength, take, exceeded);
    const release = this.#limit(controller, outer);
    try {
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await this.#call(adapter, vendorRequest, reply.take, signal);
        } catch (error) {
          signal.throwIfAborted();
          // After the first token a second attempt would be a second reply.
          if (!(error instanceof AppError) || reply.length > 0) throw error;
          const delay = retryDelayMs(error, attempt, this.random());
          if (delay === undefined) throw error;
          await sleep(this.clock, delay, signal);
        }
      }
    } finally {
      release();
    }
  }

  /** Aborts when the signal above does, or when the whole takes too long. */
  #limit(controller: AbortController, outer: AbortSignal): () => void {
    const follow = () => controller.abort(outer.reason);
    outer.addEventListener('abort', follow, { once: true });
    const cancelDeadline = this.clock.after(this.limits.totalTimeoutMs, () =>
      controller.abort(timeout('the end of the reply')),
    );
    return () => {
      cancelDeadline();
      outer.removeEventListener('abort', follow);
    };
  }

  async #call(
    adapter: ProviderAdapter,
    request: GenerationRequest,
    take: ChunkSink,
    signal: AbortSignal,
  ): Promise<void> {
    const call = new GuardedCall(new CallWatchdog(this.clock, this.limits, signal), take);
    await call.make((taken, callSignal) => adapter.stream(request, taken, callSignal));
    if (!call.finished) throw vendorError(adapter.provider, 'truncated');
  }
}
