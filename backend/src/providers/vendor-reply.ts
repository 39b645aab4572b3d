import { isNativeError } from 'node:util/types';
import { AppError } from '../errors/app-error.js';
import type { FinishReason, GenerationChunk } from './provider-adapter.js';
import { TextMender } from './text-mender.js';
import { transportFailure } from './transport-failure.js';
import { vendorError } from './vendor-failure.js';

/** PostgreSQL's and GraphQL's integers end here. */
const LARGEST_TOKEN_COUNT = 2 ** 31 - 1;

/** What differs from vendor to vendor in one call. */
export interface VendorCall {
  readonly provider: string;
  /**
   * Makes the call and translates the vendor's events, one by one and without care for surrogate pairs, empty
   * strings or fields that are missing. Yields `finish` when the vendor says that the reply is complete.
   */
  readonly chunks: (signal: AbortSignal) => AsyncIterable<GenerationChunk>;
  /** The error of the vendor's SDK in our words; undefined when the SDK did not throw it. */
  readonly explain: (error: unknown) => AppError | undefined;
}

/** One reply's text and reasoning on their way to chunks that keep the contract. */
class ReplyChannels {
  readonly #menders = { text: new TextMender(), reasoning: new TextMender() };
  hasText = false;

  *take(type: 'text' | 'reasoning', piece: string): Iterable<GenerationChunk> {
    yield* this.#chunk(type, this.#menders[type].take(piece));
  }

  *end(): Iterable<GenerationChunk> {
    yield* this.#chunk('reasoning', this.#menders.reasoning.end());
    yield* this.#chunk('text', this.#menders.text.end());
  }

  *#chunk(type: 'text' | 'reasoning', text: string): Iterable<GenerationChunk> {
    if (text === '') return;
    if (type === 'text') this.hasText = true;
    yield { type, text };
  }
}

/**
 * Streams one reply under the contract of `ProviderAdapter.stream`: mended text, `finish` last and only when the
 * vendor marked the reply as ended, our errors alone, `signal.reason` when aborted. A reply without any text is
 * PROVIDER_REJECTED: asking the same again would bring the same.
 */
export async function* streamVendorReply(
  call: VendorCall,
  signal: AbortSignal,
): AsyncGenerator<GenerationChunk, void> {
  const channels = new ReplyChannels();
  let finish: FinishReason | undefined;
  try {
    signal.throwIfAborted();
    for await (const chunk of call.chunks(signal)) {
      signal.throwIfAborted();
      if (chunk.type === 'finish') finish = chunk.reason;
      else if (chunk.type !== 'usage') yield* channels.take(chunk.type, asText(chunk.text, call.provider));
      else if (isCount(chunk.inputTokens) && isCount(chunk.outputTokens)) yield chunk;
    }
  } catch (error) {
    signal.throwIfAborted();
    // A connection that breaks after the vendor's end marker took nothing from us.
    if (finish === undefined) throw explain(call, error);
  }
  // The SDKs end their loops in silence when they are aborted in mid-stream.
  signal.throwIfAborted();
  yield* channels.end();
  if (finish === undefined) throw vendorError(call.provider, 'truncated');
  if (!channels.hasText) throw vendorError(call.provider, finish === 'length' ? 'out-of-output' : 'empty');
  yield { type: 'finish', reason: finish };
}

function explain({ provider, explain: explainVendor }: VendorCall, error: unknown): unknown {
  if (error instanceof AppError) return error;
  const failure = transportFailure(error);
  // A SyntaxError quotes what it could not parse: the reply, which belongs in no log.
  const cause = isNativeError(error) && error.name === 'SyntaxError' ? undefined : error;
  return explainVendor(error) ?? (failure ? vendorError(provider, failure, { cause }) : error);
}

/** Typings are a promise of the vendor, not a fact about its bytes. Text that we cannot read must not be lost. */
function asText(value: unknown, provider: string): string {
  if (typeof value === 'string') return value;
  throw vendorError(provider, 'unreadable');
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= LARGEST_TOKEN_COUNT;
}
