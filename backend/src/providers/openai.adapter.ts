import type { OpenAI } from 'openai';
import type {
  EasyInputMessage,
  Response,
  ResponseCreateParamsStreaming,
  ResponseStreamEvent,
} from 'openai/resources/responses/responses';
import type { ProviderEndpoint } from '../config/app-config.js';
import { THINKING_MODELS } from './max-temperature.js';
import { dataUrlOf, imagesOf, textOf } from './message-parts.js';
import { openAiClient } from './openai-client.js';
import { explainOpenAiError, failureOfOpenAiCode } from './openai-error.js';
import { openAiEvent } from './openai-event.js';
import {
  ProviderAdapter,
  type ChunkSink,
  type ConversationMessage,
  type FinishReason,
  type GenerationRequest,
} from './provider-adapter.js';
import type { EventReader } from './reply-body.js';
import type { ServerSentEvent } from './server-sent-events.js';
import { vendorError, type VendorFailure } from './vendor-failure.js';
import { streamVendorReply, type VendorReply } from './vendor-reply.js';

/** Nothing comes after these; undefined is the end marker of Chat Completions, which some servers send here, too. */
const ENDS = new Set<ResponseStreamEvent['type'] | undefined>([
  'response.completed',
  'response.incomplete',
  undefined,
]);
const BASE_URL = 'https://api.openai.com/v1';

/**
 * OpenAI's Responses API. The conversation stays here: nothing is stored at the vendor.
 * https://developers.openai.com/api/reference/resources/responses/streaming-events
 */
export class OpenAiAdapter extends ProviderAdapter {
  readonly provider = 'openai';
  readonly #client: OpenAI;
  /** Organisations that OpenAI has not verified may use its reasoning models, but get no summaries. */
  #summariesAllowed = true;

  constructor(
    endpoint: ProviderEndpoint,
    private readonly maxReplyLength: number,
  ) {
    super();
    this.#client = openAiClient(this.provider, { baseUrl: BASE_URL, ...endpoint });
  }

  stream(request: GenerationRequest, take: ChunkSink, signal: AbortSignal): Promise<void> {
    const { provider, maxReplyLength } = this;
    return streamVendorReply(
      {
        ...{ provider, maxReplyLength },
        open: (callSignal) => this.#open(request, callSignal),
        events: (reply, headers) => new ResponseEvents(reply, provider, headers),
        explain: (error) => explainOpenAiError(provider, error),
      },
      take,
      signal,
    );
  }

  async #open(request: GenerationRequest, signal: AbortSignal): Promise<globalThis.Response> {
    const withSummary = this.#summariesAllowed && THINKING_MODELS.openai.test(request.model);
    try {
      return await this.#client.responses.create(parameters(request, withSummary), { signal }).asResponse();
    } catch (error) {
      if (!withSummary || !refusesSummary(error)) throw error;
      this.#summariesAllowed = false;
      return await this.#client.responses.create(parameters(request, false), { signal }).asResponse();
    }
  }
}

/** The events of one call. */
class ResponseEvents implements EventReader {
  ended = false;

  constructor(
    private readonly reply: VendorReply,
    private readonly provider: string,
    private readonly headers: Headers,
  ) {}

  read(event: ServerSentEvent): void {
    const content = openAiEvent<ResponseStreamEvent>(event, this.headers);
    if (content) this.#translate(content);
    this.ended = ENDS.has(content?.type);
  }

  #translate(event: ResponseStreamEvent): void {
    switch (event.type) {
      case 'response.output_text.delta':
        this.reply.text(event.delta);
        return;
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        this.reply.reasoning(event.delta);
        return;
      case 'response.reasoning_summary_part.added':
        // Parts are paragraphs, and come without anything between them.
        if (event.summary_index > 0) this.reply.reasoning('\n\n');
        return;
      case 'response.refusal.delta':
      case 'response.refusal.done':
        throw vendorError(this.provider, 'declined');
      case 'response.completed':
        this.#end(event.response, 'stop');
        return;
      case 'response.incomplete':
        this.#end(event.response, 'length');
        return;
      case 'response.failed':
        throw this.#failed(event.response);
      default:
        // Everything else repeats what the events above said, or is about tools that we do not offer.
        return;
    }
  }

  #end({ usage, incomplete_details: incomplete }: Response, reason: FinishReason): void {
    if (usage) this.reply.usage(usage.input_tokens, usage.output_tokens);
    if (reason === 'length' && incomplete?.reason === 'content_filter')
      throw vendorError(this.provider, 'filtered');
    this.reply.finish(reason);
  }

  #failed({ error }: Response) {
    const failure: VendorFailure = failureOfOpenAiCode(error?.code) ?? 'overloaded';
    return vendorError(this.provider, failure, {
      cause: new Error(`response.failed: ${error?.code ?? 'no code'}`),
    });
  }
}

function parameters(request: GenerationRequest, withSummary: boolean): ResponseCreateParamsStreaming {
  return {
    model: request.model,
    input: request.messages.map(inputOf),
    stream: true,
    store: false,
    ...(request.system !== undefined && { instructions: request.system }),
    ...(request.temperature !== undefined && { temperature: request.temperature }),
    ...(withSummary && { reasoning: { summary: 'auto' as const } }),
  };
}

/** https://developers.openai.com/api/docs/guides/images-vision */
function inputOf(message: ConversationMessage): EasyInputMessage {
  const { role } = message;
  const images = imagesOf(message).map((image) => ({
    ...{ type: 'input_image' as const, image_url: dataUrlOf(image), detail: 'auto' as const },
  }));
  const text = textOf(message);
  return { role, content: images.length === 0 ? text : [{ type: 'input_text', text }, ...images] };
}

function refusesSummary(error: unknown): boolean {
  return error instanceof Error && 'param' in error && error.param === 'reasoning.summary';
}
