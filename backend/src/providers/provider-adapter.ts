import type { ImageType } from './image-type.js';

/** A file that a user's message brings along. */
export type ConversationAttachment =
  | { readonly type: 'text'; readonly name: string; readonly text: string }
  | {
      readonly type: 'image';
      readonly name: string;
      readonly mediaType: ImageType;
      /** Base64. */
      readonly data: string;
    };

/** One message of the conversation as the model is to see it. */
export interface ConversationMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
  /** Of a user's message; images only where the model takes them. Left out: none. */
  readonly attachments?: readonly ConversationAttachment[];
}

/** Everything that decides what a model answers; the response cache key is made of it. */
export interface GenerationRequest {
  /** The vendor's own name of the model, without our provider prefix. */
  readonly model: string;
  readonly system?: string;
  /** One that the model takes. */
  readonly temperature?: number;
  /** Oldest first; the last one is the user's. Never empty. */
  readonly messages: readonly ConversationMessage[];
  /** What else than a reply is asked for; models are told by the messages, and the demo has no other way to know. */
  readonly purpose?: 'title';
}

/** Why a model ended by itself. `length`: its own output limit; what it wrote is kept and complete enough. */
export type FinishReason = 'stop' | 'length';

/**
 * What every vendor's stream becomes. Text and reasoning are never empty and never split a surrogate pair.
 * `usage` may come more than once; the last one holds.
 */
export type GenerationChunk =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'usage'; readonly inputTokens: number; readonly outputTokens: number }
  | { readonly type: 'finish'; readonly reason: FinishReason };

/**
 * Takes the chunks of one reply, in order, each in the turn of the event loop in which it came. Where it returns a promise,
 * no more is read of the vendor until that resolves; it never rejects. It throws only where the reply's signal has aborted.
 */
export type ChunkSink = (chunk: GenerationChunk) => Promise<void> | undefined;

/** One vendor's wire format behind our words. An adapter makes one attempt and never retries. */
export abstract class ProviderAdapter {
  /** The part of a model id before the slash. */
  abstract readonly provider: string;

  /**
   * Streams one reply into `take`, and resolves at its end. The last chunk is `finish`, and only a reply that the vendor
   * marked as ended has one. Rejects with `AppError` (PROVIDER_*, CONTEXT_TOO_LONG, CONTENT_FILTERED) on everything else: a
   * refusal, an error in mid-stream, a stream cut short. Rejects with `signal.reason` when aborted, at any moment.
   */
  abstract stream(request: GenerationRequest, take: ChunkSink, signal: AbortSignal): Promise<void>;
}
