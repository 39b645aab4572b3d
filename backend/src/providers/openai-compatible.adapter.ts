import type { OpenAI } from 'openai';
import type {
  ChatCompletionChunk,
  ChatCompletionCreateParamsStreaming,
} from 'openai/resources/chat/completions/completions';
import type { ProviderEndpoint } from '../config/app-config.js';
import { openAiClient } from './openai-client.js';
import { explainOpenAiError } from './openai-error.js';
import { ProviderAdapter, type GenerationChunk, type GenerationRequest } from './provider-adapter.js';
import { vendorError } from './vendor-failure.js';
import { streamVendorReply } from './vendor-reply.js';

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
    maxReplyLength: number,
  ) {
    super();
    this.#client = openAiClient(
      provider,
      { ...endpoint, baseUrl: withPath(endpoint.baseUrl) },
      maxReplyLength,
    );
  }

  stream(request: GenerationRequest, signal: AbortSignal): AsyncGenerator<GenerationChunk, void> {
    return streamVendorReply(
      {
        provider: this.provider,
        chunks: (callSignal) => this.#chunks(request, callSignal),
        explain: (error) => explainOpenAiError(this.provider, error),
      },
      signal,
    );
  }

  async *#chunks(request: GenerationRequest, signal: AbortSignal): AsyncGenerator<GenerationChunk, void> {
    let finished = false;
    for await (const chunk of await this.#client.chat.completions.create(parameters(request), { signal })) {
      const choice = chunk.choices?.find(({ index }) => (index ?? 0) === 0);
      if (chunk.usage) yield usageOf(chunk.usage);
      if (choice) yield* this.#translate(choice);
      finished ||= Boolean(choice?.finish_reason);
      // The usage of the whole comes last, in a chunk without a choice. Some servers never close after it.
      if (finished && !choice && chunk.usage) return;
    }
  }

  *#translate({
    delta,
    finish_reason: reason,
  }: ChatCompletionChunk.Choice): Generator<GenerationChunk, void> {
    const { reasoning_content, reasoning } = (delta ?? {}) as ReasoningDelta;
    const thought = reasoning_content ?? reasoning;
    if (thought) yield { type: 'reasoning', text: thought };
    if (delta?.content) yield { type: 'text', text: delta.content };
    if (delta?.refusal) throw vendorError(this.provider, 'declined');
    if (reason) yield this.#finish(reason);
  }

  /** OpenAI names five reasons; the servers beside it have more. */
  #finish(reason: string): GenerationChunk {
    switch (reason) {
      case 'length':
      case 'max_tokens':
        return { type: 'finish', reason: 'length' };
      case 'content_filter':
        throw vendorError(this.provider, 'filtered');
      // OpenRouter; DeepSeek.
      case 'error':
      case 'insufficient_system_resource':
        throw vendorError(this.provider, 'overloaded');
      default:
        return { type: 'finish', reason: 'stop' };
    }
  }
}

function parameters({ model, system, messages }: GenerationRequest): ChatCompletionCreateParamsStreaming {
  return {
    model,
    messages: [
      ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
      ...messages.map(({ role, content }) => ({ role, content })),
    ],
    stream: true,
    stream_options: { include_usage: true },
  };
}

function usageOf(usage: NonNullable<ChatCompletionChunk['usage']>): GenerationChunk {
  return { type: 'usage', inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens };
}

/** `http://localhost:11434` means `http://localhost:11434/v1`; an address with a path is taken as it is. */
function withPath(baseUrl: string): string {
  return new URL(baseUrl).pathname === '/' ? new URL('/v1', baseUrl).href : baseUrl;
}
