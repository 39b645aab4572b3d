import { ERROR_CODES } from '../errors/error-code.js';
import type { MessageEvent, NewMessageEvent } from '../streaming/message-event.js';
import { ATTEMPT_SPAN } from '../streaming/token-stream.js';
import type { Message } from './message.js';

/** The sentence of an ErrorEvent made from a saved message: the original one is not kept. */
const SAVED_FAILURE = 'The reply failed. What had arrived is saved.';

/**
 * The events that tell a saved reply again, numbered from `base + 1`. A reader who comes back with a cursor is told
 * to start over first, since its numbers were those of a log that is gone. Each event keeps its number whatever
 * `after` is, so that a reader may be cut here too.
 */
export function* savedEvents(message: Message, base: number, after: number): Generator<MessageEvent> {
  const events: readonly (NewMessageEvent | undefined)[] = [
    after > 0
      ? { type: 'restart', attempt: Math.floor(base / ATTEMPT_SPAN) + 1, reason: 'INTERNAL' }
      : undefined,
    message.reasoning ? { type: 'reasoning', content: message.reasoning } : undefined,
    message.content === '' ? undefined : { type: 'token', content: message.content },
    finalEventOf(message),
  ];
  for (const [index, event] of events.entries()) {
    const sequence = base + index + 1;
    if (event && sequence > after) yield { ...event, sequence };
  }
}

/** The final event of a message that has ended. */
export function finalEventOf({ id, status, errorCode }: Message): NewMessageEvent {
  if (status !== 'FAILED') return { type: 'done', messageId: id };
  const code = errorCode ?? 'INTERNAL';
  return { type: 'error', code, message: SAVED_FAILURE, retryable: ERROR_CODES[code].retryable };
}
