import type { AppConfig } from '../config/app-config.js';
import { AppError } from '../errors/app-error.js';
import { sleep, type Clock } from './clock.js';
import { abortOnReturn, nextUnlessAborted, release } from './guarded-iterator.js';
import type { CatalogModel } from './model-catalog.js';
import type { GenerationChunk, GenerationRequest, ProviderAdapter } from './provider-adapter.js';
import type { ProviderRegistry } from './provider-registry.js';
import { CallWatchdog, timeout } from './call-watchdog.js';
import { retryDelayMs } from './retry-delay.js';
import { TextGenerator } from './text-generator.js';
import { cutText } from './text-mender.js';
import { vendorError } from './vendor-failure.js';

type GenerationLimits = Omit<AppConfig['generation'], 'concurrency'>;

/** What all attempts at one reply share. */
class Reply {
  /** UTF-16 code units of text and reasoning that have gone out. */
  length = 0;
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
    return abortOnReturn(this.#withinDeadline(model.provider, vendorRequest, signal, left), left);
  }

  async *#withinDeadline(
    provider: string,
    request: GenerationRequest,
    signal: AbortSignal,
    controller: AbortController,
  ): AsyncGenerator<GenerationChunk, void> {
    signal.throwIfAborted();
    const follow = () => controller.abort(signal.reason);
    signal.addEventListener('abort', follow, { once: true });
    const cancelDeadline = this.clock.after(this.limits.totalTimeoutMs, () =>
      controller.abort(timeout('the end of the reply')),
    );
    try {
      yield* this.#attempts(this.registry.for(provider), request, controller.signal);
    } finally {
      cancelDeadline();
      signal.removeEventListener('abort', follow);
    }
  }

  async *#attempts(
    adapter: ProviderAdapter,
    request: GenerationRequest,
    signal: AbortSignal,
  ): AsyncGenerator<GenerationChunk, void> {
    const reply = new Reply();
    for (let attempt = 0; ; attempt += 1) {
      try {
        return yield* this.#attempt(adapter, request, signal, reply);
      } catch (error) {
        signal.throwIfAborted();
        // After the first token a second attempt would be a second reply.
        if (!(error instanceof AppError) || reply.length > 0) throw error;
        const delay = retryDelayMs(error, attempt, this.random());
        if (delay === undefined) throw error;
        await sleep(this.clock, delay, signal);
      }
    }
  }

  async *#attempt(
    adapter: ProviderAdapter,
    request: GenerationRequest,
    signal: AbortSignal,
    reply: Reply,
  ): AsyncGenerator<GenerationChunk, void> {
    const watchdog = new CallWatchdog(this.clock, this.limits, signal);
    const chunks: AsyncIterator<GenerationChunk, unknown> = adapter
      .stream(request, watchdog.signal)
      [Symbol.asyncIterator]();
    try {
      for (;;) {
        watchdog.waiting();
        const result = await nextUnlessAborted(chunks, watchdog.signal);
        watchdog.answered();
        if (result.done) throw vendorError(adapter.provider, 'truncated');
        const chunk = result.value;
        if (chunk.type === 'text' || chunk.type === 'reasoning') {
          watchdog.tokensBegan();
          yield* this.#bounded(chunk, reply, adapter.provider);
        } else {
          yield chunk;
          if (chunk.type === 'finish') return;
        }
      }
    } finally {
      watchdog.dispose();
      release(chunks);
    }
  }

  /** What fits of a chunk goes out before PROVIDER_REJECTED ends the reply. */
  *#bounded(
    chunk: Extract<GenerationChunk, { text: string }>,
    reply: Reply,
    provider: string,
  ): Iterable<GenerationChunk> {
    const text = cutText(chunk.text, this.limits.maxReplyLength - reply.length);
    reply.length += text.length;
    if (text !== '') yield { ...chunk, text };
    if (text.length < chunk.text.length) throw vendorError(provider, 'too-large');
  }
}
