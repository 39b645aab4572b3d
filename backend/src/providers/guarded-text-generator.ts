import type { AppConfig } from '../config/app-config.js';
import { AppError } from '../errors/app-error.js';
import { sleep, type Clock } from './clock.js';
import { abortOnReturn } from './abort-on-return.js';
import { GuardedCall } from './guarded-call.js';
import type { CatalogModel } from './model-catalog.js';
import type { GenerationChunk, GenerationRequest, ProviderAdapter } from './provider-adapter.js';
import type { ProviderRegistry } from './provider-registry.js';
import { CallWatchdog, timeout } from './call-watchdog.js';
import { retryDelayMs } from './retry-delay.js';
import { TextGenerator } from './text-generator.js';
import { cutText } from './text-mender.js';
import { vendorError } from './vendor-failure.js';

type GenerationLimits = Omit<AppConfig['generation'], 'concurrency'>;

/** How much of one reply has gone out, over all its attempts. */
class ReplyLength {
  /** UTF-16 code units of text and reasoning. */
  length = 0;
  exceeded = false;

  constructor(private readonly max: number) {}

  /** What fits of a chunk; undefined where nothing does. */
  fit(chunk: GenerationChunk): GenerationChunk | undefined {
    if (chunk.type !== 'text' && chunk.type !== 'reasoning') return chunk;
    const text = cutText(chunk.text, this.max - this.length);
    this.length += text.length;
    this.exceeded = text.length < chunk.text.length;
    if (text === '') return undefined;
    return this.exceeded ? { ...chunk, text } : chunk;
  }
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

  stream(
    model: CatalogModel,
    request: Omit<GenerationRequest, 'model'>,
    signal: AbortSignal,
  ): AsyncIterable<GenerationChunk> {
    const left = new AbortController();
    const vendorRequest = { ...request, model: model.vendorModel };
    return abortOnReturn(this.#attempts(model.provider, vendorRequest, signal, left), left);
  }

  /** One generator around everything: each one more would cost every chunk several turns. */
  async *#attempts(
    provider: string,
    request: GenerationRequest,
    outer: AbortSignal,
    controller: AbortController,
  ): AsyncGenerator<GenerationChunk, void> {
    outer.throwIfAborted();
    const { signal } = controller;
    const release = this.#limit(controller, outer);
    try {
      const adapter = this.registry.for(provider);
      const reply = new ReplyLength(this.limits.maxReplyLength);
      for (let attempt = 0; ; attempt += 1) {
        let delay: number | undefined;
        const call = this.#call(adapter, request, signal);
        try {
          for (;;) {
            const chunk = await call.next();
            if (!chunk) throw vendorError(provider, 'truncated');
            const fitting = reply.fit(chunk);
            if (fitting) yield fitting;
            if (reply.exceeded) throw vendorError(provider, 'too-large');
            if (chunk.type === 'finish') return;
          }
        } catch (error) {
          signal.throwIfAborted();
          // After the first token a second attempt would be a second reply.
          if (!(error instanceof AppError) || reply.length > 0) throw error;
          delay = retryDelayMs(error, attempt, this.random());
          if (delay === undefined) throw error;
        } finally {
          call.dispose();
        }
        await sleep(this.clock, delay, signal);
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

  #call(adapter: ProviderAdapter, request: GenerationRequest, signal: AbortSignal): GuardedCall {
    const watchdog = new CallWatchdog(this.clock, this.limits, signal);
    return new GuardedCall(watchdog, (callSignal) => adapter.stream(request, callSignal));
  }
}
