import { Injectable, inject } from '@angular/core';
import { map, type Observable } from 'rxjs';
import {
  ChatDocument,
  CompareMessageDocument,
  ContinueMessageDocument,
  EarlierMessagesDocument,
  ForkChatDocument,
  MessageTokensDocument,
  RegenerateMessageDocument,
  SelectMessageDocument,
  StartChatSessionDocument,
  StopChatSessionDocument,
  UpdateChatSettingsDocument,
  type CompareMessageMutation,
  type ChatSettingsFieldsFragment,
  type ChatQuery,
  type ChatSummaryFragment,
  type ComparedChatFragment,
  type HistoryPageFragment,
  type SessionFieldsFragment,
} from '../graphql/generated/graphql';
import { GraphqlClient } from '../graphql/graphql-client';
import type { ChatSettings } from './chat-settings';
import type { MessageEvent } from './message';

/** A chat with the end of its active branch. */
export type OpenedChat = ChatQuery;
/** A stretch of the active branch, oldest message first. */
export type HistoryPage = HistoryPageFragment;
/** A reply on its way, with the two messages that it stands between. */
export type StartedSession = SessionFieldsFragment;

/** Another model's reply on its way, beside one that is there. */
export type StartedComparison = CompareMessageMutation['compareMessage']['session'];
/** What stands beside the last reply of a chat, and the session that writes it. */
export type ComparedChat = ComparedChatFragment;

/** A chat as the list has it. */
export type ForkedChat = ChatSummaryFragment;

/** A message to send. */
export interface Prompt {
  readonly prompt: string;
  readonly modelId: string;
  readonly chatId?: string;
  /** Left out: the end of the branch. `null`: another beginning of the chat. */
  readonly parentMessageId?: string | null;
  /** Of files that were uploaded, in this order. */
  readonly attachmentIds: string[];
  readonly idempotencyKey: string;
  /** Of a new chat. */
  readonly systemPrompt?: string;
  readonly temperature?: number | null;
}

/** Settings of a chat as the server has them. */
export type SavedSettings = ChatSettingsFieldsFragment;
/** Those that are to change. */
export type SettingsChange = Partial<ChatSettings> & { readonly modelId?: string };

/** A message that another model is to answer as well. */
export interface Comparison {
  /** The message, or a reply to it. */
  readonly messageId: string;
  readonly modelId: string;
  readonly idempotencyKey: string;
}

const PAGE = 50;

/** Chats, messages and replies on the wire. */
@Injectable({ providedIn: 'root' })
export class ChatApi {
  readonly #graphql = inject(GraphqlClient);

  open(id: string): Promise<OpenedChat> {
    return this.#graphql.query(ChatDocument, { id, last: PAGE });
  }

  async earlier(chatId: string, before: string): Promise<HistoryPage> {
    return (await this.#graphql.query(EarlierMessagesDocument, { chatId, before, last: PAGE })).chatHistory;
  }

  async start(input: Prompt): Promise<StartedSession> {
    return (await this.#graphql.mutate(StartChatSessionDocument, { input })).startChatSession.session;
  }

  async regenerate(messageId: string, modelId: string): Promise<StartedSession> {
    const input = { messageId, modelId };
    return (await this.#graphql.mutate(RegenerateMessageDocument, { input })).regenerateMessage.session;
  }

  async compare(comparison: Comparison): Promise<StartedComparison> {
    const input = { ...comparison, cache: 'USE' } as const;
    return (await this.#graphql.mutate(CompareMessageDocument, { input })).compareMessage.session;
  }

  async continue(messageId: string, modelId: string): Promise<StartedSession> {
    const input = { messageId, modelId };
    return (await this.#graphql.mutate(ContinueMessageDocument, { input })).continueMessage.session;
  }

  async updateSettings(id: string, input: SettingsChange): Promise<void> {
    await this.#graphql.mutate(UpdateChatSettingsDocument, { id, input });
  }

  async stop(sessionId: string): Promise<void> {
    await this.#graphql.mutate(StopChatSessionDocument, { id: sessionId });
  }

  async select(messageId: string): Promise<void> {
    await this.#graphql.mutate(SelectMessageDocument, { messageId });
  }

  /** A new chat with all that was said up to this message. */
  async fork(messageId: string): Promise<ForkedChat> {
    return (await this.#graphql.mutate(ForkChatDocument, { messageId })).forkChat;
  }

  messageTokens(sessionId: string, after: number, onConnected: () => void): Observable<MessageEvent> {
    return this.#graphql
      .subscribe(MessageTokensDocument, { sessionId, after }, { onConnected })
      .pipe(map(({ messageTokens }) => messageTokens));
  }
}
