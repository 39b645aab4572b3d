import { isNativeError } from 'node:util/types';
import { AppError } from '../errors/app-error.js';
import type { FinishReason, GenerationChunk } from './provider-adapter.js';
import { ReplyBody } from './reply-body.js';
import type { ServerSentEvent } from './server-sent-events.js';
import { TextMender } from './text-mender.js';
import { transportFailure } from './transport-failure.js';
import { vendorError } from './vendor-failure.js';

/** PostgreSQL's and GraphQL's integers end here. */
const LARGEST_TOKEN_COUNT = 2 ** 31 - 1;

/** Turns the events of one call into chunks, without care for surrogate pairs, empty strings or missing fields. */
export interface VendorEvents {
  /** Yields `finish` when the vendor says that the reply is complete. */
  read(event: ServerSentEvent): Iterable<GenerationChunk>;
  /** Nothing that is wanted comes any more, whether or not the vendor closes. */
  readonly ended: boolean;
}

/** What differs from vendor to vendor in one call. */
export interface VendorCall {
  readonly provider: string;
  /** UTF-16 code units. */
  readonly maxReplyLength: number;
  /** Has the vendor's SDK send the request; its own reading of a stream costs several promises an event. */
  readonly open: (signal: AbortSignal) => Promise<Response>;
  readonly events: (headers: Headers) => VendorEvents;
  /** The error of the vendor's SDK in our words; undefined when the SDK did not throw it. */
  readonly explain: (error: unknown) => AppError | undefined;
}

/** One reply's text and reasoning on their way to chunks that keep the contract. */
class ReplyChannels {
  readonly #menders = { text: new TextMender(), reasoning: new TextMender() };
  hasText = false;

  /** Undefined where nothing of it is ready yet. */
  take(type: 'text' | 'reasoning', piece: string): GenerationChunk | undefined {
    return this.#chunk(type, this.#menders[type].take(piece));
  }

  end(): GenerationChunk[] {
    const rest = (['reasoning', 'text'] as const).map((type) => this.#chunk(type, this.#menders[type].end()));
    return rest.filter((chunk) => chunk !== undefined);
  }

  #chunk(type: 'text' | 'reasoning', text: string): GenerationChunk | undefined {
    if (text === '') return undefined;
    if (type === 'text') this.hasText = true;
    return { type, text };
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
  let body: ReplyBody | undefined;
  let events: VendorEvents | undefined;
  try {
    signal.throwIfAborted();
    const response = await call.open(signal);
    body = new ReplyBody(response, call);
    events = call.events(response.headers);
    while (!events.ended && !body.ended) {
      for (const event of await body.read()) {
        signal.throwIfAborted();
        for (const chunk of events.read(event)) {
          const ready = readyChunk(chunk, channels, call.provider);
          if (chunk.type === 'finish') finish = chunk.reason;
          if (ready) yield ready;
        }
        if (events.ended) break;
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    // A connection that breaks after the vendor's end marker took nothing from us.
    if (finish === undefined) throw explain(call, error);
  } finally {
    if (events?.ended) body?.finish();
    else body?.leave();
  }
  signal.throwIfAborted();
  yield* channels.end();
  if (finish === undefined) throw vendorError(call.provider, 'truncated');
  if (!channels.hasText) throw vendorError(call.provider, finish === 'length' ? 'out-of-output' : 'empty');
  yield { type: 'finish', reason: finish };
}

/** What goes out at once for a chunk of the vendor's. `finish` waits for the end. */
function readyChunk(
  chunk: GenerationChunk,
  channels: ReplyChannels,
  provider: string,
): GenerationChunk | undefined {
  if (chunk.type === 'finish') return undefined;
  if (chunk.type !== 'usage') return channels.take(chunk.type, asText(chunk.text, provider));
  return isCount(chunk.inputTokens) && isCount(chunk.outputTokens) ? chunk : undefined;
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
