import type { OpenAI } from 'openai';
import type {
  ChatCompletionChunk,
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions/completions';
import type { ProviderEndpoint } from '../config/app-config.js';
import { dataUrlOf, imagesOf, textOf } from './message-parts.js';
import { openAiClient } from './openai-client.js';
import { explainOpenAiError } from './openai-error.js';
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
import { vendorError } from './vendor-failure.js';
import { streamVendorReply, type VendorReply } from './vendor-reply.js';

/** Fields beside OpenAI's own in which compatible servers send a model's reasoning. */
interface ReasoningDelta {
  /** xAI, DeepSeek, vLLM, llama.cpp. */
  readonly reasoning_content?: string | null;
  /** OpenRouter, Ollama. */
  readonly reasoning?: string | null;
}

/**
 * Any server that speaks OpenAI's Chat Completions: xAI, Ollama, OpenRouter, vLLM, llama.cpp and the like.
 * https://developers.openai.com/api/reference/resources/chat
 */
export class OpenAiCompatibleAdapter extends ProviderAdapter {
  readonly #client: OpenAI;

  constructor(
    readonly provider: string,
    endpoint: ProviderEndpoint & { readonly baseUrl: string },
    private readonly maxReplyLength: number,
  ) {
    super();
    this.#client = openAiClient(provider, { ...endpoint, baseUrl: withPath(endpoint.baseUrl) });
  }

  stream(request: GenerationRequest, take: ChunkSink, signal: AbortSignal): Promise<void> {
    const { provider, maxReplyLength } = this;
    return streamVendorReply(
      {
        ...{ provider, maxReplyLength },
        open: (callSignal) =>
          this.#client.chat.completions.create(parameters(request), { signal: callSignal }).asResponse(),
        events: (reply, headers) => new ChatCompletionEvents(reply, provider, headers),
        explain: (error) => explainOpenAiError(provider, error),
      },
      take,
      signal,
    );
  }
}

/** The events of one call. */
class ChatCompletionEvents implements EventReader {
  ended = false;

  constructor(
    private readonly reply: VendorReply,
    private readonly provider: string,
    private readonly headers: Headers,
  ) {}

  read(event: ServerSentEvent): void {
    const chunk = openAiEvent<ChatCompletionChunk>(event, this.headers);
    if (chunk === undefined) {
      this.ended = true;
      return;
    }
    const { usage } = chunk;
    const choice = chunk.choices?.find(({ index }) => (index ?? 0) === 0);
    if (usage) this.reply.usage(usage.prompt_tokens, usage.completion_tokens);
    if (choice) this.#translate(choice);
    // The usage of the whole comes last, in a chunk without a choice. Some servers never close after it.
    if (this.reply.finished && !choice && usage) this.ended = true;
  }

  #translate({ delta, finish_reason: reason }: ChatCompletionChunk.Choice): void {
    const { reasoning_content, reasoning } = (delta ?? {}) as ReasoningDelta;
    const thought = reasoning_content ?? reasoning;
    if (thought) this.reply.reasoning(thought);
    if (delta?.content) this.reply.text(delta.content);
    if (delta?.refusal) throw vendorError(this.provider, 'declined');
    if (reason) this.reply.finish(this.#finishReason(reason));
  }

  /** OpenAI names five reasons; the servers beside it have more. */
  #finishReason(reason: string): FinishReason {
    switch (reason) {
      case 'length':
      case 'max_tokens':
        return 'length';
      case 'content_filter':
        throw vendorError(this.provider, 'filtered');
      // OpenRouter; DeepSeek.
      case 'error':
      case 'insufficient_system_resource':
        throw vendorError(this.provider, 'overloaded');
      default:
        return 'stop';
    }
  }
}

function parameters({
  model,
  system,
  temperature,
  messages,
}: GenerationRequest): ChatCompletionCreateParamsStreaming {
  return {
    model,
    messages: [
      ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
      ...messages.map(messageOf),
    ],
    stream: true,
    stream_options: { include_usage: true },
    ...(temperature !== undefined && { temperature }),
  };
}

/** https://developers.openai.com/api/docs/guides/images-vision?api-mode=chat. Only users' messages have images. */
function messageOf(message: ConversationMessage): ChatCompletionMessageParam {
  const text = textOf(message);
  const images = imagesOf(message).map((image) => ({
    ...{ type: 'image_url' as const, image_url: { url: dataUrlOf(image) } },
  }));
  if (images.length === 0) return { role: message.role, content: text };
  return { role: 'user', content: [{ type: 'text', text }, ...images] };
}

/** `http://localhost:11434` means `http://localhost:11434/v1`; an address with a path is taken as it is. */
function withPath(baseUrl: string): string {
  return new URL(baseUrl).pathname === '/' ? new URL('/v1', baseUrl).href : baseUrl;
}
