import { sse, WireFormat, type ReplyEnd, type Usage, type VendorRefusal } from './wire-format.js';

const MESSAGE = { item_id: 'msg_1', output_index: 1, content_index: 0 };
const SUMMARY = { item_id: 'rs_1', output_index: 0, summary_index: 0 };

/** POST /v1/responses: https://developers.openai.com/api/reference/resources/responses/streaming-events */
export class ResponsesFormat extends WireFormat {
  #model = '';
  #text = '';
  #sequenceNumber = 0;

  start(model: string): string {
    this.#model = model;
    return (
      this.#event('response.created', { response: this.#response('in_progress') }) +
      this.#event('response.in_progress', { response: this.#response('in_progress') })
    );
  }

  text(piece: string): string {
    this.#text += piece;
    return this.#event('response.output_text.delta', { ...MESSAGE, delta: piece, logprobs: [] });
  }

  reasoning(piece: string): string {
    return this.#event('response.reasoning_summary_text.delta', { ...SUMMARY, delta: piece });
  }

  end(reason: ReplyEnd, usage: Usage): string {
    const textDone = this.#event('response.output_text.done', { ...MESSAGE, text: this.#text, logprobs: [] });
    if (reason === 'stop') {
      return textDone + this.#event('response.completed', { response: this.#response('completed', usage) });
    }
    const details = { reason: reason === 'length' ? 'max_output_tokens' : 'content_filter' };
    const response = { ...this.#response('incomplete', usage), incomplete_details: details };
    return textDone + this.#event('response.incomplete', { response });
  }

  decline(usage: Usage): string {
    return (
      this.#event('response.refusal.delta', { ...MESSAGE, delta: 'I will not.' }) + this.end('stop', usage)
    );
  }

  overload(): string {
    const error = { code: 'server_error', message: 'The server had an error' };
    return this.#event('response.failed', { response: { ...this.#response('failed'), error } });
  }

  refusal({ code, message }: VendorRefusal): object {
    return { error: { message, type: 'invalid_request_error', param: null, code } };
  }

  #event(type: string, fields: object): string {
    this.#sequenceNumber += 1;
    return sse({ type, sequence_number: this.#sequenceNumber, ...fields }, type);
  }

  #response(status: string, usage?: Usage) {
    return {
      id: 'resp_1',
      object: 'response',
      created_at: 1_760_000_000,
      status,
      error: null,
      incomplete_details: null,
      model: this.#model,
      output: [
        {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          status,
          content: [{ type: 'output_text', text: this.#text, annotations: [] }],
        },
      ],
      usage: usage
        ? {
            input_tokens: usage.inputTokens,
            input_tokens_details: { cached_tokens: 0 },
            output_tokens: usage.outputTokens,
            output_tokens_details: { reasoning_tokens: 0 },
            total_tokens: usage.inputTokens + usage.outputTokens,
          }
        : null,
    };
  }
}
