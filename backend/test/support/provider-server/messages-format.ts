import { sse, WireFormat, type ReplyEnd, type Usage, type VendorRefusal } from './wire-format.js';

const STOP_REASON = { stop: 'end_turn', length: 'max_tokens', filtered: 'refusal' } as const;
const USAGE = { cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };

type Block = 'thinking' | 'text';

/** POST /v1/messages: https://platform.claude.com/docs/en/build-with-claude/streaming */
export class MessagesFormat extends WireFormat {
  #block: Block | undefined;
  #index = -1;

  start(model: string): string {
    const message = {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { ...USAGE, input_tokens: 0, output_tokens: 1 },
    };
    return this.#event('message_start', { message }) + this.#event('ping', {});
  }

  text(piece: string): string {
    return this.#inBlock('text', { type: 'text_delta', text: piece });
  }

  reasoning(piece: string): string {
    return this.#inBlock('thinking', { type: 'thinking_delta', thinking: piece });
  }

  end(reason: ReplyEnd, usage: Usage): string {
    return this.#end(STOP_REASON[reason], usage);
  }

  decline(usage: Usage): string {
    return this.#end('refusal', usage);
  }

  overload(): string {
    return this.#event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } });
  }

  refusal({ code, message }: VendorRefusal): object {
    return { type: 'error', error: { type: code, message }, request_id: 'req_1' };
  }

  #end(stopReason: string, { inputTokens, outputTokens }: Usage): string {
    return (
      this.#closeBlock() +
      this.#event('message_delta', {
        delta: { stop_reason: stopReason, stop_sequence: null },
        usage: { ...USAGE, input_tokens: inputTokens, output_tokens: outputTokens },
      }) +
      this.#event('message_stop', {})
    );
  }

  #inBlock(block: Block, delta: object): string {
    const opening = this.#block === block ? '' : this.#closeBlock() + this.#openBlock(block);
    return opening + this.#event('content_block_delta', { index: this.#index, delta });
  }

  #openBlock(block: Block): string {
    this.#block = block;
    this.#index += 1;
    const empty =
      block === 'text' ? { type: 'text', text: '' } : { type: 'thinking', thinking: '', signature: '' };
    return this.#event('content_block_start', { index: this.#index, content_block: empty });
  }

  #closeBlock(): string {
    if (this.#block === undefined) return '';
    this.#block = undefined;
    return this.#event('content_block_stop', { index: this.#index });
  }

  #event(type: string, fields: object): string {
    return sse({ type, ...fields }, type);
  }
}
