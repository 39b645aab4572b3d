import { sse, WireFormat, type ReplyEnd, type Usage, type VendorRefusal } from './wire-format.js';

const FINISH_REASON = { stop: 'stop', length: 'length', filtered: 'content_filter' } as const;

/** POST /v1/chat/completions: https://developers.openai.com/api/reference/resources/chat */
export class ChatCompletionsFormat extends WireFormat {
  #model = '';

  start(model: string): string {
    this.#model = model;
    return this.#chunk({ role: 'assistant', content: '' });
  }

  text(piece: string): string {
    return this.#chunk({ content: piece });
  }

  reasoning(piece: string): string {
    return this.#chunk({ reasoning_content: piece });
  }

  end(reason: ReplyEnd, usage: Usage): string {
    return this.#chunk({}, FINISH_REASON[reason]) + this.#usage(usage) + sse('[DONE]');
  }

  decline(usage: Usage): string {
    return this.#chunk({ refusal: 'I will not.' }) + this.end('stop', usage);
  }

  overload(): string {
    return sse({
      error: { message: 'The server is overloaded', type: 'server_error', code: null, param: null },
    });
  }

  refusal({ code, message }: VendorRefusal): object {
    return { error: { message, type: 'invalid_request_error', param: null, code } };
  }

  #chunk(delta: object, finishReason: string | null = null): string {
    return sse({
      ...this.#head(),
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
    });
  }

  #usage({ inputTokens, outputTokens }: Usage): string {
    const usage = {
      prompt_tokens: inputTokens,
      completion_tokens: outputTokens,
      total_tokens: inputTokens + outputTokens,
    };
    return sse({ ...this.#head(), choices: [], usage });
  }

  #head() {
    return { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_760_000_000, model: this.#model };
  }
}
