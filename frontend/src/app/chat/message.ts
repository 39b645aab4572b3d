import type {
  ErrorCode,
  MessageFieldsFragment,
  MessageTokensSubscription,
} from '../graphql/generated/graphql';

/** A message as the page knows it. */
export type ChatMessage = MessageFieldsFragment;

/** What the stream of a reply says; discriminated by `__typename`. */
export type MessageEvent = MessageTokensSubscription['messageTokens'];

/** The model that wrote, or is to write, a message. */
export type MessageModel = NonNullable<ChatMessage['model']>;

/** Why a reply failed: from the stream, or from the history after a reload. */
export interface ReplyError {
  readonly code: ErrorCode;
  readonly detail?: string;
  /** Milliseconds from the failure on; before, trying again is pointless. */
  readonly retryAfterMs?: number | null;
}

/** The message is being written: the server may still add to it. */
export function isGrowing(message: ChatMessage): boolean {
  return message.status === 'PENDING' || message.status === 'STREAMING';
}

/** A growing message that nobody writes any more can only be shown as what it is. */
export function settled(message: ChatMessage): ChatMessage {
  return isGrowing(message) ? { ...message, status: 'FAILED', errorCode: 'SESSION_EXPIRED' } : message;
}

/** The reply ended early, and there is something to go on from. */
export function canGoOn({ role, status, content }: ChatMessage): boolean {
  return role === 'ASSISTANT' && (status === 'STOPPED' || status === 'FAILED') && content.trim() !== '';
}

interface DraftOptions {
  readonly id: string;
  readonly role: ChatMessage['role'];
  readonly content: string;
  readonly model: MessageModel | null;
  readonly createdAt: string;
}

/** A message that stands on the page before the server knows it. */
export function draftMessage(draft: DraftOptions): ChatMessage {
  return {
    ...draft,
    parentId: null,
    attachments: [],
    reasoning: null,
    status: draft.role === 'USER' ? 'COMPLETE' : 'PENDING',
    fromCache: false,
    usage: null,
    timeToFirstTokenMs: null,
    errorCode: null,
    siblingIds: [draft.id],
  };
}
