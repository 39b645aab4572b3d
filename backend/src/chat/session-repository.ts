import type { ErrorCode } from '../errors/error-code.js';
import type { Limits, PlanHolder } from '../plans/plan.js';
import type { Attachment } from './attachment.js';
import type { CachePolicy, ChatSession } from './chat-session.js';
import type { Chat } from './chat.js';
import type { Message } from './message.js';

/** Where the new user message goes. */
export type Place =
  | {
      readonly type: 'new-chat';
      readonly title: string;
      readonly systemPrompt?: string | null;
      readonly temperature?: number | null;
    }
  | { readonly type: 'end-of-branch'; readonly chatId: string }
  /** `parentId` null: another beginning of the same chat. */
  | { readonly type: 'after-message'; readonly chatId: string; readonly parentId: string | null };

export interface NewSession {
  readonly userId: string;
  readonly modelId: string;
  readonly cachePolicy: CachePolicy;
  readonly ttlSeconds: number;
  readonly idempotencyKey?: string;
  /** Of the user's plan. */
  readonly limits: Limits;
  /** What the prompt and the reply are expected to have; what was said before is added. */
  readonly expectedTokens: number;
}

/** A session with what was written for it, where that is known without reading it back. */
export interface StartedSession {
  readonly session: ChatSession;
  /** False where an idempotency key led to a session that had been made before. */
  readonly created: boolean;
  readonly chat?: Chat;
  readonly userMessage?: Message;
  readonly assistantMessage?: Message;
}

/** A message as a model may be told it. */
export interface BranchMessage extends Pick<Message, 'role' | 'content'> {
  readonly attachments: readonly Attachment[];
}

/** A worker's right to write one reply: it holds while `attempt` is the session's newest. */
export interface Claim extends PlanHolder {
  readonly session: ChatSession;
  readonly userId: string;
  readonly attempt: number;
  /** The messages from the chat's first one to the one to be answered. */
  readonly branch: readonly BranchMessage[];
  /** Of the chat, as they are now. */
  readonly systemPrompt: string | null;
  readonly temperature: number | null;
  /** Earlier attempts whose worker died or failed; those that were handed over do not count. */
  readonly failedAttempts: number;
  readonly stopRequested: boolean;
  /** The reply that this one goes on with: it begins with the same text. */
  readonly continued?: ReplyContent;
  /** The chat's title is still the one out of its first prompt. */
  readonly untitled: boolean;
  /** What an earlier attempt had saved on its way. */
  readonly savedContent: string;
  readonly savedReasoning: string;
}

/** An attempt that is under way. */
export interface HeldSession {
  readonly sessionId: string;
  readonly attempt: number;
}

/** How a renewal went. `lost`: this attempt may no longer write. */
export type Renewal = 'renewed' | 'stop-requested' | 'lost';

/** What a reply amounts to when it ends, or on its way. */
export interface ReplyContent {
  readonly content: string;
  readonly reasoning: string;
}

export interface ReplyOutcome extends ReplyContent {
  readonly status: 'COMPLETE' | 'STOPPED' | 'FAILED';
  readonly fromCache: boolean;
  readonly errorCode?: ErrorCode;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly timeToFirstTokenMs?: number;
}

/** Sessions and the messages that they write. Every change is one transaction. */
export abstract class SessionRepository {
  /**
   * Saves the user's message with its attachments, an empty reply and the session. Throws NOT_FOUND where the chat, the parent or
   * an attachment is not the user's, CONFLICT while a reply is being written in that chat, QUOTA_EXCEEDED where the limits are reached. The
   * end of the session, in whatever way, gives back what was reserved and books what was used.
   */
  abstract start(
    session: NewSession,
    place: Place,
    prompt: string,
    attachmentIds?: readonly string[],
  ): Promise<StartedSession>;
  /** As `start`, for another reply to the user message that `messageId` is or answers. */
  abstract regenerate(session: NewSession, messageId: string): Promise<StartedSession>;
  /** As `regenerate`, for a reply that begins with the text of this one, which has ended. */
  abstract continue(session: NewSession, reply: Message): Promise<StartedSession>;

  /**
   * As `regenerate`, for a companion: the chat stays where it is. CONFLICT while another companion is being written in it;
   * what else is written there is in nobody's way.
   */
  abstract compare(session: NewSession, messageId: string): Promise<StartedSession>;

  abstract find(userId: string, sessionId: string): Promise<ChatSession | undefined>;
  /** The unfinished, unexpired sessions of these chats: at most one each, and one companion. */
  abstract active(chatIds: readonly string[]): Promise<ChatSession[]>;
  /** Notes that the user wants the reply to end, if it has not. Returns the session as it is then. */
  abstract requestStop(userId: string, sessionId: string): Promise<ChatSession | undefined>;

  /** Begins the next attempt. `undefined`: there is nothing (more) to do. */
  abstract claim(sessionId: string): Promise<Claim | undefined>;
  /** Keeps the sessions alive. Says how each went, in their order. */
  abstract renew(held: readonly HeldSession[], ttlSeconds: number): Promise<Renewal[]>;
  /** Saves what has arrived, if this attempt may still write. */
  abstract savePartial(held: HeldSession, reply: ReplyContent): Promise<void>;
  /** Saves what has arrived, for the worker that takes over. The attempt that ends so has not failed. */
  abstract handOver(sessionId: string, attempt: number, reply: ReplyContent): Promise<void>;
  /** Ends the session and saves the reply. False: this attempt may no longer write, and nothing was. */
  abstract finish(
    sessionId: string,
    attempt: number,
    outcome: ReplyOutcome,
    ttlSeconds: number,
  ): Promise<boolean>;

  /** Saves what was told of a reply whose session was deleted with its chat, unless more of it was saved before. */
  abstract keepStopped(messageId: string, reply: ReplyContent): Promise<void>;

  /** The reply of a session that has ended, and the attempt that wrote it. */
  abstract saved(
    sessionId: string,
  ): Promise<{ readonly attempt: number; readonly message: Message } | undefined>;

  /** Whether `attempt` may still write, another one (or the end) came, or the session was deleted. */
  abstract standing(sessionId: string, attempt: number): Promise<'held' | 'overtaken' | 'gone'>;

  /** Ends every unfinished session whose time is over, and returns them as they are then. */
  abstract expireOverdue(): Promise<ChatSession[]>;
  /** Sessions that have waited for a worker, or have not been heard of by theirs, for longer than `seconds`. */
  abstract unattended(seconds: number, ttlSeconds: number): Promise<string[]>;
}
