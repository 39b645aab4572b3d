import { isNativeError } from 'node:util/types';
import { AppError } from '../errors/app-error.js';
import type { ChunkSink, FinishReason, GenerationChunk } from './provider-adapter.js';
import { ReplyBody, type EventReader } from './reply-body.js';
import { TextMender } from './text-mender.js';
import { transportFailure } from './transport-failure.js';
import { vendorError } from './vendor-failure.js';

/** PostgreSQL's and GraphQL's integers end here. */
const LARGEST_TOKEN_COUNT = 2 ** 31 - 1;

/** What differs from vendor to vendor in one call. */
export interface VendorCall {
  readonly provider: string;
  /** UTF-16 code units. */
  readonly maxReplyLength: number;
  /** Has the vendor's SDK send the request; its own reading of a stream costs several promises an event. */
  readonly open: (signal: AbortSignal) => Promise<Response>;
  /** Tells `reply` what the events say. */
  readonly events: (reply: VendorReply, headers: Headers) => EventReader;
  /** The error of the vendor's SDK in our words; undefined when the SDK did not throw it. */
  readonly explain: (error: unknown) => AppError | undefined;
}

/** One reply as its vendor's events tell it, without care for surrogate pairs, empty strings or missing fields. */
export class VendorReply {
  readonly #menders = { text: new TextMender(), reasoning: new TextMender() };
  #hasText = false;
  #finish?: FinishReason;

  constructor(
    private readonly provider: string,
    private readonly take: (chunk: GenerationChunk) => void,
  ) {}

  text(piece: string): void {
    this.#tell('text', this.#menders.text.take(this.#asText(piece)));
  }

  reasoning(piece: string): void {
    this.#tell('reasoning', this.#menders.reasoning.take(this.#asText(piece)));
  }

  usage(inputTokens: number, outputTokens: number): void {
    if (isCount(inputTokens) && isCount(outputTokens))
      this.take({ type: 'usage', inputTokens, outputTokens });
  }

  /** The vendor says that the reply is complete. It is told at the end, for usage may come after it. */
  finish(reason: FinishReason): void {
    this.#finish = reason;
  }

  get finished(): boolean {
    return this.#finish !== undefined;
  }

  /** Nothing comes any more. Throws where that is no complete reply. */
  end(): void {
    for (const type of ['reasoning', 'text'] as const) this.#tell(type, this.#menders[type].end());
    const reason = this.#finish;
    if (reason === undefined) throw vendorError(this.provider, 'truncated');
    if (!this.#hasText) throw vendorError(this.provider, reason === 'length' ? 'out-of-output' : 'empty');
    this.take({ type: 'finish', reason });
  }

  #tell(type: 'text' | 'reasoning', text: string): void {
    if (text === '') return;
    if (type === 'text') this.#hasText = true;
    this.take({ type, text });
  }

  /** Typings are a promise of the vendor, not a fact about its bytes. Text that we cannot read must not be lost. */
  #asText(value: unknown): string {
    if (typeof value === 'string') return value;
    throw vendorError(this.provider, 'unreadable');
  }
}

/**
 * Streams one reply under the contract of `ProviderAdapter.stream`: mended text, `finish` last and only when the
 * vendor marked the reply as ended, our errors alone, `signal.reason` when aborted. A reply without any text is
 * PROVIDER_REJECTED: asking the same again would bring the same. A token costs no promise on its way.
 */
export async function streamVendorReply(
  call: VendorCall,
  take: ChunkSink,
  signal: AbortSignal,
): Promise<void> {
  let body: ReplyBody | undefined;
  const reply = new VendorReply(call.provider, (chunk) => {
    const room = take(chunk);
    if (room) body?.waitFor(room);
  });
  try {
    signal.throwIfAborted();
    const response = await call.open(signal);
    body = new ReplyBody(response, call);
    await body.read(call.events(reply, response.headers));
  } catch (error) {
    signal.throwIfAborted();
    // A connection that breaks after the vendor's end marker took nothing from us.
    if (!reply.finished) throw explain(call, error);
  }
  signal.throwIfAborted();
  reply.end();
}

function explain({ provider, explain: explainVendor }: VendorCall, error: unknown): unknown {
  if (error instanceof AppError) return error;
  const failure = transportFailure(error);
  // A SyntaxError quotes what it could not parse: the reply, which belongs in no log.
  const cause = isNativeError(error) && error.name === 'SyntaxError' ? undefined : error;
  return explainVendor(error) ?? (failure ? vendorError(provider, failure, { cause }) : error);
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= LARGEST_TOKEN_COUNT;
}
