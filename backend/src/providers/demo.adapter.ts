import { AppError } from '../errors/app-error.js';
import type { ErrorCode } from '../errors/error-code.js';
import { sleep, type Clock } from './clock.js';
import { demoAnswer, demoTitle } from './demo-answer.js';
import { textOf } from './message-parts.js';
import {
  ProviderAdapter,
  type ChunkSink,
  type GenerationChunk,
  type GenerationRequest,
} from './provider-adapter.js';

/** A piece of a word, about as long as a model's token, with the white space before it. */
const TOKEN = /\s*\S{1,6}|\s+/gsu;
const REASONER = 'rivulet-reasoner';
/** The codes with which a provider can end a reply. */
const FAILURES: readonly ErrorCode[] = [
  'PROVIDER_RATE_LIMITED',
  'PROVIDER_TIMEOUT',
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_REJECTED',
  'CONTEXT_TOO_LONG',
  'CONTENT_FILTERED',
];

/** How fast the demo writes. Infinity: without a pause, for tests. */
export class DemoPace {
  constructor(readonly tokensPerSecond: number) {}
}

/**
 * A model that needs no key and no network: it answers in this process, the same request always alike. A prompt
 * that starts with `/error` and a provider's code fails in the middle of the reply, with that code.
 */
export class DemoAdapter extends ProviderAdapter {
  readonly provider = 'demo';

  constructor(
    private readonly clock: Clock,
    private readonly pace: DemoPace,
  ) {
    super();
  }

  async stream(request: GenerationRequest, take: ChunkSink, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const asked = request.messages.at(-1);
    const prompt = asked?.content ?? '';
    const answer =
      request.purpose === 'title'
        ? demoTitle(request.messages[0]?.content ?? '')
        : demoAnswer(prompt, request.messages.length, asked?.attachments);
    const failure = failureAskedFor(prompt);
    const thoughts = request.model === REASONER ? tokensOf(answer.reasoning) : [];
    const tokens = tokensOf(answer.text);
    const chunks: GenerationChunk[] = [
      ...thoughts.map((text) => ({ type: 'reasoning' as const, text })),
      ...(failure ? tokens.slice(0, tokens.length / 2) : tokens).map((text) => ({
        type: 'text' as const,
        text,
      })),
    ];
    await this.#tellAtPace(chunks, take, signal);
    if (failure) throw new AppError(failure, 'The demo failed, as the prompt asked for.');
    const inputTokens = request.messages.reduce((sum, message) => sum + tokensOf(textOf(message)).length, 0);
    await take({ type: 'usage', inputTokens, outputTokens: chunks.length });
    await take({ type: 'finish', reason: 'stop' });
  }

  /** Each chunk has its own time from the start on: late timers do not add up. */
  async #tellAtPace(chunks: readonly GenerationChunk[], take: ChunkSink, signal: AbortSignal): Promise<void> {
    const startedAt = this.clock.now();
    for (const [index, chunk] of chunks.entries()) {
      const wait = startedAt + ((index + 1) * 1000) / this.pace.tokensPerSecond - this.clock.now();
      if (wait > 0) await sleep(this.clock, wait, signal);
      signal.throwIfAborted();
      await take(chunk);
    }
  }
}

function tokensOf(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

function failureAskedFor(prompt: string): ErrorCode | undefined {
  const asked = /^\/error\s+(\w+)/.exec(prompt.trimStart())?.[1];
  return FAILURES.find((code) => code === asked);
}
