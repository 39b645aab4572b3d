import type { ErrorCode } from '../errors/error-code.js';

/** What happened in one reply. Stored and sent as is; the public names stand in schema.graphql. */
export type NewMessageEvent =
  | { readonly type: 'token'; readonly content: string }
  | { readonly type: 'reasoning'; readonly content: string }
  | { readonly type: 'restart'; readonly attempt: number; readonly reason: ErrorCode }
  /** The reply is saved. The saved message itself is read by whoever shows more of it than this. */
  | { readonly type: 'done'; readonly messageId: string; readonly status: 'COMPLETE' | 'STOPPED' }
  | {
      readonly type: 'error';
      readonly code: ErrorCode;
      readonly message: string;
      readonly retryable: boolean;
      /** Milliseconds after which trying again makes sense, where the provider said so. */
      readonly retryAfterMs?: number;
    };

/** An event with its place: strictly rising within a session, across attempts too. */
export type MessageEvent = NewMessageEvent & { readonly sequence: number };

/** Whether nothing can follow this event. */
export function isFinal(event: NewMessageEvent): boolean {
  return event.type === 'done' || event.type === 'error';
}
