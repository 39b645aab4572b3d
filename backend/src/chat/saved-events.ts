import { ERROR_CODES } from '../errors/error-code.js';
import type { MessageEvent, NewMessageEvent } from '../streaming/message-event.js';
import { sequenceBefore } from '../streaming/token-stream.js';
import type { Message } from './message.js';

/** The sentence of an ErrorEvent made from a saved message: the original one is not kept. */
const SAVED_FAILURE = 'The reply failed. What had arrived is saved.';

/** A saved reply as the log of attempt `attempt`: whoever knows an earlier one is told to start over. */
export function retold(message: Message, attempt: number): NewMessageEvent[] {
  return [
    { type: 'restart', attempt, reason: 'INTERNAL' },
    ...(message.reasoning ? [{ type: 'reasoning' as const, content: message.reasoning }] : []),
    ...(message.content === '' ? [] : [{ type: 'token' as const, content: message.content }]),
    finalEventOf(message),
  ];
}

/** What a reader with the cursor `after` would read in that log. */
export function* savedEvents(message: Message, attempt: number, after: number): Generator<MessageEvent> {
  for (const [index, event] of retold(message, attempt).entries()) {
    const sequence = sequenceBefore(attempt) + index + 1;
    const known = sequence <= after || (event.type === 'restart' && after === 0);
    if (!known) yield { ...event, sequence };
  }
}

/** The final event of a message that has ended. */
function finalEventOf({ id, status, errorCode }: Message): NewMessageEvent {
  if (status === 'COMPLETE' || status === 'STOPPED') return { type: 'done', messageId: id, status };
  const code = errorCode ?? 'INTERNAL';
  return { type: 'error', code, message: SAVED_FAILURE, retryable: ERROR_CODES[code].retryable };
}
