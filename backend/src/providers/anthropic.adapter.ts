import { Anthropic, APIError } from '@anthropic-ai/sdk';
import type {
  MessageCreateParamsStreaming,
  MessageParam,
  RawMessageStreamEvent,
  StopReason,
} from '@anthropic-ai/sdk/resources/messages/messages';
import type { ErrorType } from '@anthropic-ai/sdk/resources/shared';
import type { ProviderEndpoint } from '../config/app-config.js';
import { explainAnthropicError } from './anthropic-error.js';
import { THINKING_MODELS } from './max-temperature.js';
import { imagesOf, textOf } from './message-parts.js';
import {
  ProviderAdapter,
  type ChunkSink,
  type ConversationMessage,
  type FinishReason,
  type GenerationRequest,
} from './provider-adapter.js';
import type { EventReader } from './reply-body.js';
import { sdkOptions } from './sdk-options.js';
import type { ServerSentEvent } from './server-sent-events.js';
import { vendorError } from './vendor-failure.js';
import { streamVendorReply, type VendorReply } from './vendor-reply.js';

const BASE_URL = 'https://api.anthropic.com';
/** The API demands a limit; every model since Claude 4 accepts this one. Tokens, thinking included. */
const MAX_OUTPUT_TOKENS = 32_000;

/** Anthropic's Messages API: https://platform.claude.com/docs/en/build-with-claude/streaming */
export class AnthropicAdapter extends ProviderAdapter {
  readonly provider = 'anthropic';
  readonly #client: Anthropic;

  constructor(
    endpoint: ProviderEndpoint,
    private readonly maxReplyLength: number,
  ) {
    super();
    this.#client = new Anthropic({
      ...sdkOptions(this.provider, endpoint),
      baseURL: endpoint.baseUrl ?? BASE_URL,
      authToken: null,
      webhookKey: null,
      openTelemetry: false,
      ...(endpoint.apiKey === undefined && { defaultHeaders: { 'x-api-key': null, authorization: null } }),
    });
  }

  stream(request: GenerationRequest, take: ChunkSink, signal: AbortSignal): Promise<void> {
    const { provider, maxReplyLength } = this;
    return streamVendorReply(
      {
        ...{ provider, maxReplyLength },
        open: (callSignal) =>
          this.#client.messages.create(parameters(request), { signal: callSignal }).asResponse(),
        events: (reply, headers) => new MessageEvents(reply, provider, headers),
        explain: (error) => explainAnthropicError(provider, error),
      },
      take,
      signal,
    );
  }
}

/** The events of one call. */
class MessageEvents implements EventReader {
  ended = false;
  #inputTokens = 0;
  #stopReason: StopReason | null = null;

  constructor(
    private readonly reply: VendorReply,
    private readonly provider: string,
    private readonly headers: Headers,
  ) {}

  read({ event: name, data }: ServerSentEvent): void {
    if (name === '' || name === 'ping') return;
    if (name === 'error') throw this.#error(data);
    const event = JSON.parse(data) as RawMessageStreamEvent;
    switch (event.type) {
      case 'message_start':
        this.#inputTokens = promptTokens(event.message.usage);
        return;
      case 'content_block_delta':
        if (event.delta.type === 'text_delta') this.reply.text(event.delta.text);
        if (event.delta.type === 'thinking_delta') this.reply.reasoning(event.delta.thinking);
        return;
      case 'message_delta':
        // Some servers of this format count the prompt at the end only.
        this.#inputTokens = promptTokens(event.usage) || this.#inputTokens;
        this.reply.usage(this.#inputTokens, event.usage.output_tokens);
        this.#stopReason = event.delta.stop_reason ?? this.#stopReason;
        return;
      case 'message_stop':
        this.ended = true;
        // Without a reason before it, it ends the stream, not the reply.
        if (this.#stopReason) this.reply.finish(this.#finishReason(this.#stopReason));
        return;
      default:
        // Blocks begin and end, which says nothing more; what is unknown is no text.
        return;
    }
  }

  /** The SDK's own error of an error in mid-stream. */
  #error(data: string): APIError {
    const body = JSON.parse(data) as { readonly error?: { readonly type?: ErrorType } };
    return new APIError(undefined, body, undefined, this.headers, body.error?.type);
  }

  /** https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons */
  #finishReason(reason: StopReason): FinishReason {
    switch (reason) {
      case 'refusal':
        throw vendorError(this.provider, 'declined');
      case 'max_tokens':
      case 'model_context_window_exceeded':
        return 'length';
      default:
        // `end_turn` and `stop_sequence`; `tool_use` and `pause_turn` are about tools, which we do not offer.
        return 'stop';
    }
  }
}

function parameters({
  model,
  system,
  temperature,
  messages,
}: GenerationRequest): MessageCreateParamsStreaming {
  return {
    model,
    max_tokens: MAX_OUTPUT_TOKENS,
    // A reply that was stopped before its first word is an empty message, which the API refuses.
    messages: messages.filter(({ content }) => content.trim() !== '').map(messageOf),
    stream: true,
    ...(system !== undefined && { system }),
    // A model that thinks refuses a temperature; asked for one, it answers without thinking aloud.
    ...(temperature !== undefined && { temperature }),
    ...(temperature === undefined &&
      THINKING_MODELS.anthropic.test(model) && { thinking: { type: 'adaptive', display: 'summarized' } }),
  };
}

/** Images before the text about them: https://platform.claude.com/docs/en/build-with-claude/vision */
function messageOf(message: ConversationMessage): MessageParam {
  const { role } = message;
  const images = imagesOf(message).map(({ mediaType, data }) => ({
    ...{ type: 'image' as const, source: { type: 'base64' as const, media_type: mediaType, data } },
  }));
  const text = textOf(message);
  return { role, content: images.length === 0 ? text : [...images, { type: 'text', text }] };
}

/** Tokens written to and read from the vendor's prompt cache are part of the prompt, counted apart. */
function promptTokens(usage: Anthropic.Usage | Anthropic.MessageDeltaUsage): number {
  return (
    (usage.input_tokens ?? 0) +
    (usage.cache_creation_input_tokens ?? 0) +
    (usage.cache_read_input_tokens ?? 0)
  );
}
