import type { ChatMessage, MessageEvent, ReplyError } from './message';

/** A reply that is being written, and how far its stream has been read. */
export interface Reply {
  readonly sessionId: string;
  readonly message: ChatMessage;
  /** The last event that is part of `message`. 0: none, so its text is not from the stream. */
  readonly sequence: number;
  readonly ended: boolean;
  readonly error: ReplyError | null;
}

/** A reply whose stream is to be read from the start; whatever text is known stands until the first event. */
export function newReply(sessionId: string, message: ChatMessage): Reply {
  return { sessionId, message, sequence: 0, ended: false, error: null };
}

/**
 * The reply after one more event. Live and replayed events pass through here alike, and an event that is part of the
 * reply already changes nothing: that is what makes coming back with an old cursor harmless.
 */
export function applyMessageEvent(reply: Reply, event: MessageEvent): Reply {
  if (reply.ended || event.sequence <= reply.sequence) return reply;
  const sequence = event.sequence;
  // The stream begins at nothing; text from the history would stand twice.
  const message = reply.sequence === 0 ? emptied(reply.message) : reply.message;
  switch (event.__typename) {
    case 'TokenEvent':
      return { ...reply, sequence, message: grown(message, { content: message.content + event.content }) };
    case 'ReasoningEvent':
      return {
        ...reply,
        sequence,
        message: grown(message, { reasoning: (message.reasoning ?? '') + event.content }),
      };
    case 'RestartEvent':
      return { ...reply, sequence, message: emptied(message) };
    case 'DoneEvent':
      return { ...reply, sequence, message: event.message, ended: true };
    case 'ErrorEvent':
      return {
        ...reply,
        sequence,
        message: { ...message, status: 'FAILED', errorCode: event.code },
        ended: true,
        error: { code: event.code, detail: event.detail, retryAfterMs: event.retryAfterMs },
      };
    default:
      return event satisfies never;
  }
}

function grown(message: ChatMessage, text: Partial<Pick<ChatMessage, 'content' | 'reasoning'>>): ChatMessage {
  return { ...message, ...text, status: 'STREAMING' };
}

function emptied(message: ChatMessage): ChatMessage {
  return { ...message, content: '', reasoning: null };
}
