import type { ErrorCode } from '../errors/error-code.js';

export type MessageRole = 'USER' | 'ASSISTANT';

export const MESSAGE_STATUSES = ['PENDING', 'STREAMING', 'COMPLETE', 'STOPPED', 'FAILED'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** One message of a chat's tree. Once it has ended, its text never changes. */
export interface Message {
  readonly id: string;
  readonly chatId: string;
  /** `null`: the chat begins here. */
  readonly parentId: string | null;
  readonly role: MessageRole;
  readonly content: string;
  /** The model's visible reasoning; no part of the content. */
  readonly reasoning: string | null;
  readonly status: MessageStatus;
  readonly modelId: string | null;
  readonly createdAt: Date;
  readonly fromCache: boolean;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** Milliseconds from the worker's start on the reply to its first token. */
  readonly timeToFirstTokenMs: number | null;
  readonly errorCode: ErrorCode | null;
}

/** Whether it is a reply that ended early, with something to go on from. */
export function isCutShort({ role, status, content }: Message): boolean {
  return role === 'ASSISTANT' && (status === 'STOPPED' || status === 'FAILED') && content.trim() !== '';
}
