/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type CachePolicy =
  /** Neither read nor write it. */
  | 'BYPASS'
  /** Ask the model, and save its reply in the cache. */
  | 'REFRESH'
  /** Answer from the cache when it has this exact conversation, and save the reply in it. */
  | 'USE';

export type ChatFilter =
  | 'ALL'
  | 'ARCHIVED'
  /** Pinned and not archived. */
  | 'PINNED'
  | 'UNARCHIVED';

export type CompareMessageInput = {
  cache?: CachePolicy;
  /** As of `StartChatSessionInput`. */
  idempotencyKey?: string | null | undefined;
  /** A reply, or the user message that it answers. */
  messageId: string;
  modelId: string;
};

export type ContinueMessageInput = {
  /** A reply that ended early. */
  messageId: string;
  /** Left out: the model that wrote it. */
  modelId?: string | null | undefined;
};

/** Stands in `extensions.code` of every GraphQL error that the service raises, and in ErrorEvent. */
export type ErrorCode =
  | 'CONFLICT'
  | 'CONTENT_FILTERED'
  | 'CONTEXT_TOO_LONG'
  | 'FORBIDDEN'
  | 'INTERNAL'
  | 'MODEL_NOT_CONFIGURED'
  | 'MODEL_NOT_FOUND'
  | 'MODEL_NOT_IN_PLAN'
  /** Also for what belongs to somebody else. */
  | 'NOT_FOUND'
  | 'PROVIDER_RATE_LIMITED'
  | 'PROVIDER_REJECTED'
  | 'PROVIDER_TIMEOUT'
  | 'PROVIDER_UNAVAILABLE'
  | 'QUOTA_EXCEEDED'
  | 'RATE_LIMITED'
  | 'SESSION_EXPIRED'
  | 'UNAUTHENTICATED'
  | 'VALIDATION_FAILED';

export type MessageRole =
  | 'ASSISTANT'
  | 'USER';

export type MessageStatus =
  | 'COMPLETE'
  | 'FAILED'
  | 'PENDING'
  | 'STOPPED'
  | 'STREAMING';

export type RegenerateMessageInput = {
  /** A reply, or the user message that is to be answered again. */
  messageId: string;
  /** Left out: the model that answered before. */
  modelId?: string | null | undefined;
};

export type SessionStatus =
  | 'COMPLETE'
  | 'EXPIRED'
  | 'FAILED'
  | 'PENDING'
  | 'STOPPED'
  | 'STREAMING';

export type StartChatSessionInput = {
  /** Up to 8 files of `uploadAttachment`, in order and each of them once, also such that an earlier message has. Images only for a model that takes them (`Model.acceptsImages`). */
  attachmentIds?: Array<string> | null | undefined;
  cache?: CachePolicy;
  /** Left out: a new chat. */
  chatId?: string | null | undefined;
  /** The same key from the same user within 24 hours returns the same session, and queues nothing. */
  idempotencyKey?: string | null | undefined;
  modelId: string;
  /** The message to answer after; left out: the active branch's last one. Naming an earlier one starts a branch (an edit); null starts another beginning of the chat. */
  parentMessageId?: string | null | undefined;
  prompt: string;
  /** Of a new chat: what every model is told before the conversation, up to 10000 characters. */
  systemPrompt?: string | null | undefined;
  /** Of a new chat: from 0 to `Model.maxTemperature`. */
  temperature?: number | null | undefined;
};

export type UpdateChatSettingsInput = {
  /** The model that is to answer next. Left out: as it was. */
  modelId?: string | null | undefined;
  /** Up to 10000 characters. Left out: as it was; null: none. */
  systemPrompt?: string | null | undefined;
  /** From 0 to the `maxTemperature` of the chat's model. Left out: as it was; null: each model's own. */
  temperature?: number | null | undefined;
};

export type UploadAttachmentInput = {
  /** Base64: of an image up to 2.5 MB, of a text in UTF-8 up to 256 kB. */
  data: string;
  /** What the client takes it for: an image's format is seen by its bytes, a text is to be one by its type as well (`text/…`, `application/json` and the like). */
  mediaType: string;
  /** Up to 200 characters, without slashes. */
  name: string;
};

export type QuotaFieldsFragment = { used: number, limit: number | null, remaining: number | null, resetsAt: string | null };

export type ViewerFieldsFragment = { id: string, displayName: string, email: string | null, isGuest: boolean, isAdmin: boolean, plan: { id: string, name: string }, usage: { messagesToday: { used: number, limit: number | null, remaining: number | null, resetsAt: string | null }, tokensThisMonth: { used: number, limit: number | null, remaining: number | null, resetsAt: string | null }, repliesAtOnce: { used: number, limit: number | null, remaining: number | null, resetsAt: string | null } } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { id: string, displayName: string, email: string | null, isGuest: boolean, isAdmin: boolean, plan: { id: string, name: string }, usage: { messagesToday: { used: number, limit: number | null, remaining: number | null, resetsAt: string | null }, tokensThisMonth: { used: number, limit: number | null, remaining: number | null, resetsAt: string | null }, repliesAtOnce: { used: number, limit: number | null, remaining: number | null, resetsAt: string | null } } } | null, installation: { signUpAllowed: boolean, guestsAllowed: boolean, openIdConnect: { name: string, path: string } | null } };

export type ContinueAsGuestMutationVariables = Exact<{ [key: string]: never; }>;


export type ContinueAsGuestMutation = { continueAsGuest: { id: string, displayName: string, email: string | null, isGuest: boolean, isAdmin: boolean, plan: { id: string, name: string }, usage: { messagesToday: { used: number, limit: number | null, remaining: number | null, resetsAt: string | null }, tokensThisMonth: { used: number, limit: number | null, remaining: number | null, resetsAt: string | null }, repliesAtOnce: { used: number, limit: number | null, remaining: number | null, resetsAt: string | null } } } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: boolean };

export type UploadAttachmentMutationVariables = Exact<{
  input: UploadAttachmentInput;
}>;


export type UploadAttachmentMutation = { uploadAttachment: { id: string, name: string, mediaType: string, size: number, url: string } };

export type ChatQueryVariables = Exact<{
  id: string;
  last: number;
}>;


export type ChatQuery = { chat: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, unread: boolean, systemPrompt: string | null, temperature: number | null, model: { id: string, name: string, provider: string } | null, activeSession: { id: string, assistantMessage: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null } } | null, companionMessage: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null } | null, companionSession: { id: string } | null }, chatHistory: { edges: Array<{ node: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null } }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } };

export type ComparedChatFragment = { companionSession: { id: string } | null, companionMessage: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null } | null };

export type ChatSettingsFieldsFragment = { systemPrompt: string | null, temperature: number | null };

export type UpdateChatSettingsMutationVariables = Exact<{
  id: string;
  input: UpdateChatSettingsInput;
}>;


export type UpdateChatSettingsMutation = { updateChatSettings: { id: string, systemPrompt: string | null, temperature: number | null } };

export type EarlierMessagesQueryVariables = Exact<{
  chatId: string;
  last: number;
  before: string;
}>;


export type EarlierMessagesQuery = { chatHistory: { edges: Array<{ node: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null } }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } };

export type HistoryPageFragment = { edges: Array<{ node: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null } }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } };

export type StartChatSessionMutationVariables = Exact<{
  input: StartChatSessionInput;
}>;


export type StartChatSessionMutation = { startChatSession: { session: { id: string, status: SessionStatus, chat: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, unread: boolean, systemPrompt: string | null, temperature: number | null, model: { id: string, name: string, provider: string } | null, activeSession: { id: string } | null, companionMessage: { id: string } | null }, userMessage: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null }, assistantMessage: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null } } } };

export type RegenerateMessageMutationVariables = Exact<{
  input: RegenerateMessageInput;
}>;


export type RegenerateMessageMutation = { regenerateMessage: { session: { id: string, status: SessionStatus, chat: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, unread: boolean, systemPrompt: string | null, temperature: number | null, model: { id: string, name: string, provider: string } | null, activeSession: { id: string } | null, companionMessage: { id: string } | null }, userMessage: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null }, assistantMessage: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null } } } };

export type CompareMessageMutationVariables = Exact<{
  input: CompareMessageInput;
}>;


export type CompareMessageMutation = { compareMessage: { session: { id: string, assistantMessage: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null } } } };

export type ContinueMessageMutationVariables = Exact<{
  input: ContinueMessageInput;
}>;


export type ContinueMessageMutation = { continueMessage: { session: { id: string, status: SessionStatus, chat: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, unread: boolean, systemPrompt: string | null, temperature: number | null, model: { id: string, name: string, provider: string } | null, activeSession: { id: string } | null, companionMessage: { id: string } | null }, userMessage: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null }, assistantMessage: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null } } } };

export type StopChatSessionMutationVariables = Exact<{
  id: string;
}>;


export type StopChatSessionMutation = { stopChatSession: { id: string, status: SessionStatus } };

export type SelectMessageMutationVariables = Exact<{
  messageId: string;
}>;


export type SelectMessageMutation = { selectMessage: { id: string } };

export type ForkChatMutationVariables = Exact<{
  messageId: string;
}>;


export type ForkChatMutation = { forkChat: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, unread: boolean, activeSession: { id: string } | null, companionMessage: { id: string } | null } };

export type MessageTokensSubscriptionVariables = Exact<{
  sessionId: string;
  after: number;
}>;


export type MessageTokensSubscription = { messageTokens:
    | { __typename: 'DoneEvent', sequence: number, message: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null } }
    | { __typename: 'ErrorEvent', code: ErrorCode, retryable: boolean, retryAfterMs: number | null, sequence: number, detail: string }
    | { __typename: 'ReasoningEvent', content: string, sequence: number }
    | { __typename: 'RestartEvent', attempt: number, reason: ErrorCode, sequence: number }
    | { __typename: 'TokenEvent', content: string, sequence: number }
   };

export type ChatsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
  filter?: ChatFilter | null | undefined;
  withPinned: boolean;
}>;


export type ChatsQuery = { pinned?: { edges: Array<{ node: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, unread: boolean, activeSession: { id: string } | null, companionMessage: { id: string } | null } }> }, chats: { edges: Array<{ node: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, unread: boolean, activeSession: { id: string } | null, companionMessage: { id: string } | null }, hit: { messageId: string, excerpt: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RenameChatMutationVariables = Exact<{
  id: string;
  title: string;
}>;


export type RenameChatMutation = { renameChat: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, unread: boolean, activeSession: { id: string } | null, companionMessage: { id: string } | null } };

export type PinChatMutationVariables = Exact<{
  id: string;
}>;


export type PinChatMutation = { pinChat: { id: string } };

export type UnpinChatMutationVariables = Exact<{
  id: string;
}>;


export type UnpinChatMutation = { unpinChat: { id: string } };

export type ArchiveChatMutationVariables = Exact<{
  id: string;
}>;


export type ArchiveChatMutation = { archiveChat: { id: string } };

export type UnarchiveChatMutationVariables = Exact<{
  id: string;
}>;


export type UnarchiveChatMutation = { unarchiveChat: { id: string } };

export type DeleteChatMutationVariables = Exact<{
  id: string;
}>;


export type DeleteChatMutation = { deleteChat: string };

export type RestoreChatMutationVariables = Exact<{
  id: string;
}>;


export type RestoreChatMutation = { restoreChat: { id: string } };

export type MarkChatReadMutationVariables = Exact<{
  id: string;
}>;


export type MarkChatReadMutation = { markChatRead: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, unread: boolean, activeSession: { id: string } | null, companionMessage: { id: string } | null } };

export type ChatChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ChatChangesSubscription = { chatChanges:
    | { __typename: 'ChatChangedEvent', cursor: string, chat: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, unread: boolean, activeSession: { id: string } | null, companionMessage: { id: string } | null } }
    | { __typename: 'ChatDeletedEvent', chatId: string, cursor: string }
    | { __typename: 'ChatListResetEvent', cursor: string }
   };

export type ModelFieldsFragment = { id: string, name: string, provider: string, contextWindow: number | null, maxTemperature: number, acceptsImages: boolean, available: boolean, unavailableReason: ErrorCode | null, missingSetting: string | null, pinned: boolean, plans: Array<{ id: string, name: string }> };

export type MessageFieldsFragment = { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null };

export type ChatSummaryFragment = { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, unread: boolean, activeSession: { id: string } | null, companionMessage: { id: string } | null };

export type SessionFieldsFragment = { id: string, status: SessionStatus, chat: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, unread: boolean, systemPrompt: string | null, temperature: number | null, model: { id: string, name: string, provider: string } | null, activeSession: { id: string } | null, companionMessage: { id: string } | null }, userMessage: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null }, assistantMessage: { id: string, parentId: string | null, role: MessageRole, content: string, reasoning: string | null, status: MessageStatus, createdAt: string, fromCache: boolean, timeToFirstTokenMs: number | null, errorCode: ErrorCode | null, siblingIds: Array<string>, attachments: Array<{ id: string, name: string, mediaType: string, size: number, url: string }>, model: { id: string, name: string, provider: string } | null, usage: { inputTokens: number, outputTokens: number } | null } };

export type ModelsQueryVariables = Exact<{ [key: string]: never; }>;


export type ModelsQuery = { models: Array<{ id: string, name: string, provider: string, contextWindow: number | null, maxTemperature: number, acceptsImages: boolean, available: boolean, unavailableReason: ErrorCode | null, missingSetting: string | null, pinned: boolean, plans: Array<{ id: string, name: string }> }> };

export type PinModelMutationVariables = Exact<{
  modelId: string;
}>;


export type PinModelMutation = { pinModel: Array<{ id: string, name: string, provider: string, contextWindow: number | null, maxTemperature: number, acceptsImages: boolean, available: boolean, unavailableReason: ErrorCode | null, missingSetting: string | null, pinned: boolean, plans: Array<{ id: string, name: string }> }> };

export type MovePinnedModelMutationVariables = Exact<{
  modelId: string;
  before?: string | null | undefined;
}>;


export type MovePinnedModelMutation = { movePinnedModel: Array<{ id: string, name: string, provider: string, contextWindow: number | null, maxTemperature: number, acceptsImages: boolean, available: boolean, unavailableReason: ErrorCode | null, missingSetting: string | null, pinned: boolean, plans: Array<{ id: string, name: string }> }> };

export type UnpinModelMutationVariables = Exact<{
  modelId: string;
}>;


export type UnpinModelMutation = { unpinModel: Array<{ id: string, name: string, provider: string, contextWindow: number | null, maxTemperature: number, acceptsImages: boolean, available: boolean, unavailableReason: ErrorCode | null, missingSetting: string | null, pinned: boolean, plans: Array<{ id: string, name: string }> }> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const QuotaFieldsFragmentDoc = new TypedDocumentString(`
    fragment QuotaFields on Quota {
  used
  limit
  remaining
  resetsAt
}
    `, {"fragmentName":"QuotaFields"}) as unknown as TypedDocumentString<QuotaFieldsFragment, unknown>;
export const ViewerFieldsFragmentDoc = new TypedDocumentString(`
    fragment ViewerFields on User {
  id
  displayName
  email
  isGuest
  isAdmin
  plan {
    id
    name
  }
  usage {
    messagesToday {
      ...QuotaFields
    }
    tokensThisMonth {
      ...QuotaFields
    }
    repliesAtOnce {
      ...QuotaFields
    }
  }
}
    fragment QuotaFields on Quota {
  used
  limit
  remaining
  resetsAt
}`, {"fragmentName":"ViewerFields"}) as unknown as TypedDocumentString<ViewerFieldsFragment, unknown>;
export const MessageFieldsFragmentDoc = new TypedDocumentString(`
    fragment MessageFields on Message {
  id
  parentId
  role
  content
  attachments {
    id
    name
    mediaType
    size
    url
  }
  reasoning
  status
  model {
    id
    name
    provider
  }
  createdAt
  fromCache
  usage {
    inputTokens
    outputTokens
  }
  timeToFirstTokenMs
  errorCode
  siblingIds
}
    `, {"fragmentName":"MessageFields"}) as unknown as TypedDocumentString<MessageFieldsFragment, unknown>;
export const ComparedChatFragmentDoc = new TypedDocumentString(`
    fragment ComparedChat on Chat {
  companionSession {
    id
  }
  companionMessage {
    ...MessageFields
  }
}
    fragment MessageFields on Message {
  id
  parentId
  role
  content
  attachments {
    id
    name
    mediaType
    size
    url
  }
  reasoning
  status
  model {
    id
    name
    provider
  }
  createdAt
  fromCache
  usage {
    inputTokens
    outputTokens
  }
  timeToFirstTokenMs
  errorCode
  siblingIds
}`, {"fragmentName":"ComparedChat"}) as unknown as TypedDocumentString<ComparedChatFragment, unknown>;
export const HistoryPageFragmentDoc = new TypedDocumentString(`
    fragment HistoryPage on MessageConnection {
  edges {
    node {
      ...MessageFields
    }
  }
  pageInfo {
    hasPreviousPage
    startCursor
  }
}
    fragment MessageFields on Message {
  id
  parentId
  role
  content
  attachments {
    id
    name
    mediaType
    size
    url
  }
  reasoning
  status
  model {
    id
    name
    provider
  }
  createdAt
  fromCache
  usage {
    inputTokens
    outputTokens
  }
  timeToFirstTokenMs
  errorCode
  siblingIds
}`, {"fragmentName":"HistoryPage"}) as unknown as TypedDocumentString<HistoryPageFragment, unknown>;
export const ModelFieldsFragmentDoc = new TypedDocumentString(`
    fragment ModelFields on Model {
  id
  name
  provider
  contextWindow
  maxTemperature
  acceptsImages
  available
  unavailableReason
  missingSetting
  plans {
    id
    name
  }
  pinned
}
    `, {"fragmentName":"ModelFields"}) as unknown as TypedDocumentString<ModelFieldsFragment, unknown>;
export const ChatSummaryFragmentDoc = new TypedDocumentString(`
    fragment ChatSummary on Chat {
  id
  title
  updatedAt
  pinned
  archived
  unread
  activeSession {
    id
  }
  companionMessage {
    id
  }
}
    `, {"fragmentName":"ChatSummary"}) as unknown as TypedDocumentString<ChatSummaryFragment, unknown>;
export const ChatSettingsFieldsFragmentDoc = new TypedDocumentString(`
    fragment ChatSettingsFields on Chat {
  systemPrompt
  temperature
}
    `, {"fragmentName":"ChatSettingsFields"}) as unknown as TypedDocumentString<ChatSettingsFieldsFragment, unknown>;
export const SessionFieldsFragmentDoc = new TypedDocumentString(`
    fragment SessionFields on ChatSession {
  id
  status
  chat {
    ...ChatSummary
    ...ChatSettingsFields
    model {
      id
      name
      provider
    }
  }
  userMessage {
    ...MessageFields
  }
  assistantMessage {
    ...MessageFields
  }
}
    fragment ChatSettingsFields on Chat {
  systemPrompt
  temperature
}
fragment MessageFields on Message {
  id
  parentId
  role
  content
  attachments {
    id
    name
    mediaType
    size
    url
  }
  reasoning
  status
  model {
    id
    name
    provider
  }
  createdAt
  fromCache
  usage {
    inputTokens
    outputTokens
  }
  timeToFirstTokenMs
  errorCode
  siblingIds
}
fragment ChatSummary on Chat {
  id
  title
  updatedAt
  pinned
  archived
  unread
  activeSession {
    id
  }
  companionMessage {
    id
  }
}`, {"fragmentName":"SessionFields"}) as unknown as TypedDocumentString<SessionFieldsFragment, unknown>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    ...ViewerFields
  }
  installation {
    signUpAllowed
    guestsAllowed
    openIdConnect {
      name
      path
    }
  }
}
    fragment QuotaFields on Quota {
  used
  limit
  remaining
  resetsAt
}
fragment ViewerFields on User {
  id
  displayName
  email
  isGuest
  isAdmin
  plan {
    id
    name
  }
  usage {
    messagesToday {
      ...QuotaFields
    }
    tokensThisMonth {
      ...QuotaFields
    }
    repliesAtOnce {
      ...QuotaFields
    }
  }
}`) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const ContinueAsGuestDocument = new TypedDocumentString(`
    mutation ContinueAsGuest {
  continueAsGuest {
    ...ViewerFields
  }
}
    fragment QuotaFields on Quota {
  used
  limit
  remaining
  resetsAt
}
fragment ViewerFields on User {
  id
  displayName
  email
  isGuest
  isAdmin
  plan {
    id
    name
  }
  usage {
    messagesToday {
      ...QuotaFields
    }
    tokensThisMonth {
      ...QuotaFields
    }
    repliesAtOnce {
      ...QuotaFields
    }
  }
}`) as unknown as TypedDocumentString<ContinueAsGuestMutation, ContinueAsGuestMutationVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut {
  signOut
}
    `) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const UploadAttachmentDocument = new TypedDocumentString(`
    mutation UploadAttachment($input: UploadAttachmentInput!) {
  uploadAttachment(input: $input) {
    id
    name
    mediaType
    size
    url
  }
}
    `) as unknown as TypedDocumentString<UploadAttachmentMutation, UploadAttachmentMutationVariables>;
export const ChatDocument = new TypedDocumentString(`
    query Chat($id: ID!, $last: Int!) {
  chat(id: $id) {
    ...ChatSummary
    ...ChatSettingsFields
    ...ComparedChat
    model {
      id
      name
      provider
    }
    activeSession {
      id
      assistantMessage {
        ...MessageFields
      }
    }
  }
  chatHistory(chatId: $id, last: $last) {
    ...HistoryPage
  }
}
    fragment ComparedChat on Chat {
  companionSession {
    id
  }
  companionMessage {
    ...MessageFields
  }
}
fragment ChatSettingsFields on Chat {
  systemPrompt
  temperature
}
fragment HistoryPage on MessageConnection {
  edges {
    node {
      ...MessageFields
    }
  }
  pageInfo {
    hasPreviousPage
    startCursor
  }
}
fragment MessageFields on Message {
  id
  parentId
  role
  content
  attachments {
    id
    name
    mediaType
    size
    url
  }
  reasoning
  status
  model {
    id
    name
    provider
  }
  createdAt
  fromCache
  usage {
    inputTokens
    outputTokens
  }
  timeToFirstTokenMs
  errorCode
  siblingIds
}
fragment ChatSummary on Chat {
  id
  title
  updatedAt
  pinned
  archived
  unread
  activeSession {
    id
  }
  companionMessage {
    id
  }
}`) as unknown as TypedDocumentString<ChatQuery, ChatQueryVariables>;
export const UpdateChatSettingsDocument = new TypedDocumentString(`
    mutation UpdateChatSettings($id: ID!, $input: UpdateChatSettingsInput!) {
  updateChatSettings(id: $id, input: $input) {
    id
    ...ChatSettingsFields
  }
}
    fragment ChatSettingsFields on Chat {
  systemPrompt
  temperature
}`) as unknown as TypedDocumentString<UpdateChatSettingsMutation, UpdateChatSettingsMutationVariables>;
export const EarlierMessagesDocument = new TypedDocumentString(`
    query EarlierMessages($chatId: ID!, $last: Int!, $before: String!) {
  chatHistory(chatId: $chatId, last: $last, before: $before) {
    ...HistoryPage
  }
}
    fragment HistoryPage on MessageConnection {
  edges {
    node {
      ...MessageFields
    }
  }
  pageInfo {
    hasPreviousPage
    startCursor
  }
}
fragment MessageFields on Message {
  id
  parentId
  role
  content
  attachments {
    id
    name
    mediaType
    size
    url
  }
  reasoning
  status
  model {
    id
    name
    provider
  }
  createdAt
  fromCache
  usage {
    inputTokens
    outputTokens
  }
  timeToFirstTokenMs
  errorCode
  siblingIds
}`) as unknown as TypedDocumentString<EarlierMessagesQuery, EarlierMessagesQueryVariables>;
export const StartChatSessionDocument = new TypedDocumentString(`
    mutation StartChatSession($input: StartChatSessionInput!) {
  startChatSession(input: $input) {
    session {
      ...SessionFields
    }
  }
}
    fragment ChatSettingsFields on Chat {
  systemPrompt
  temperature
}
fragment MessageFields on Message {
  id
  parentId
  role
  content
  attachments {
    id
    name
    mediaType
    size
    url
  }
  reasoning
  status
  model {
    id
    name
    provider
  }
  createdAt
  fromCache
  usage {
    inputTokens
    outputTokens
  }
  timeToFirstTokenMs
  errorCode
  siblingIds
}
fragment ChatSummary on Chat {
  id
  title
  updatedAt
  pinned
  archived
  unread
  activeSession {
    id
  }
  companionMessage {
    id
  }
}
fragment SessionFields on ChatSession {
  id
  status
  chat {
    ...ChatSummary
    ...ChatSettingsFields
    model {
      id
      name
      provider
    }
  }
  userMessage {
    ...MessageFields
  }
  assistantMessage {
    ...MessageFields
  }
}`) as unknown as TypedDocumentString<StartChatSessionMutation, StartChatSessionMutationVariables>;
export const RegenerateMessageDocument = new TypedDocumentString(`
    mutation RegenerateMessage($input: RegenerateMessageInput!) {
  regenerateMessage(input: $input) {
    session {
      ...SessionFields
    }
  }
}
    fragment ChatSettingsFields on Chat {
  systemPrompt
  temperature
}
fragment MessageFields on Message {
  id
  parentId
  role
  content
  attachments {
    id
    name
    mediaType
    size
    url
  }
  reasoning
  status
  model {
    id
    name
    provider
  }
  createdAt
  fromCache
  usage {
    inputTokens
    outputTokens
  }
  timeToFirstTokenMs
  errorCode
  siblingIds
}
fragment ChatSummary on Chat {
  id
  title
  updatedAt
  pinned
  archived
  unread
  activeSession {
    id
  }
  companionMessage {
    id
  }
}
fragment SessionFields on ChatSession {
  id
  status
  chat {
    ...ChatSummary
    ...ChatSettingsFields
    model {
      id
      name
      provider
    }
  }
  userMessage {
    ...MessageFields
  }
  assistantMessage {
    ...MessageFields
  }
}`) as unknown as TypedDocumentString<RegenerateMessageMutation, RegenerateMessageMutationVariables>;
export const CompareMessageDocument = new TypedDocumentString(`
    mutation CompareMessage($input: CompareMessageInput!) {
  compareMessage(input: $input) {
    session {
      id
      assistantMessage {
        ...MessageFields
      }
    }
  }
}
    fragment MessageFields on Message {
  id
  parentId
  role
  content
  attachments {
    id
    name
    mediaType
    size
    url
  }
  reasoning
  status
  model {
    id
    name
    provider
  }
  createdAt
  fromCache
  usage {
    inputTokens
    outputTokens
  }
  timeToFirstTokenMs
  errorCode
  siblingIds
}`) as unknown as TypedDocumentString<CompareMessageMutation, CompareMessageMutationVariables>;
export const ContinueMessageDocument = new TypedDocumentString(`
    mutation ContinueMessage($input: ContinueMessageInput!) {
  continueMessage(input: $input) {
    session {
      ...SessionFields
    }
  }
}
    fragment ChatSettingsFields on Chat {
  systemPrompt
  temperature
}
fragment MessageFields on Message {
  id
  parentId
  role
  content
  attachments {
    id
    name
    mediaType
    size
    url
  }
  reasoning
  status
  model {
    id
    name
    provider
  }
  createdAt
  fromCache
  usage {
    inputTokens
    outputTokens
  }
  timeToFirstTokenMs
  errorCode
  siblingIds
}
fragment ChatSummary on Chat {
  id
  title
  updatedAt
  pinned
  archived
  unread
  activeSession {
    id
  }
  companionMessage {
    id
  }
}
fragment SessionFields on ChatSession {
  id
  status
  chat {
    ...ChatSummary
    ...ChatSettingsFields
    model {
      id
      name
      provider
    }
  }
  userMessage {
    ...MessageFields
  }
  assistantMessage {
    ...MessageFields
  }
}`) as unknown as TypedDocumentString<ContinueMessageMutation, ContinueMessageMutationVariables>;
export const StopChatSessionDocument = new TypedDocumentString(`
    mutation StopChatSession($id: ID!) {
  stopChatSession(id: $id) {
    id
    status
  }
}
    `) as unknown as TypedDocumentString<StopChatSessionMutation, StopChatSessionMutationVariables>;
export const SelectMessageDocument = new TypedDocumentString(`
    mutation SelectMessage($messageId: ID!) {
  selectMessage(messageId: $messageId) {
    id
  }
}
    `) as unknown as TypedDocumentString<SelectMessageMutation, SelectMessageMutationVariables>;
export const ForkChatDocument = new TypedDocumentString(`
    mutation ForkChat($messageId: ID!) {
  forkChat(messageId: $messageId) {
    ...ChatSummary
  }
}
    fragment ChatSummary on Chat {
  id
  title
  updatedAt
  pinned
  archived
  unread
  activeSession {
    id
  }
  companionMessage {
    id
  }
}`) as unknown as TypedDocumentString<ForkChatMutation, ForkChatMutationVariables>;
export const MessageTokensDocument = new TypedDocumentString(`
    subscription MessageTokens($sessionId: ID!, $after: Int!) {
  messageTokens(sessionId: $sessionId, after: $after) {
    __typename
    sequence
    ... on TokenEvent {
      content
    }
    ... on ReasoningEvent {
      content
    }
    ... on RestartEvent {
      attempt
      reason
    }
    ... on DoneEvent {
      message {
        ...MessageFields
      }
    }
    ... on ErrorEvent {
      code
      detail: message
      retryable
      retryAfterMs
    }
  }
}
    fragment MessageFields on Message {
  id
  parentId
  role
  content
  attachments {
    id
    name
    mediaType
    size
    url
  }
  reasoning
  status
  model {
    id
    name
    provider
  }
  createdAt
  fromCache
  usage {
    inputTokens
    outputTokens
  }
  timeToFirstTokenMs
  errorCode
  siblingIds
}`) as unknown as TypedDocumentString<MessageTokensSubscription, MessageTokensSubscriptionVariables>;
export const ChatsDocument = new TypedDocumentString(`
    query Chats($first: Int!, $after: String, $search: String, $filter: ChatFilter, $withPinned: Boolean!) {
  pinned: chats(first: 100, filter: PINNED) @include(if: $withPinned) {
    edges {
      node {
        ...ChatSummary
      }
    }
  }
  chats(first: $first, after: $after, search: $search, filter: $filter) {
    edges {
      node {
        ...ChatSummary
      }
      hit {
        messageId
        excerpt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ChatSummary on Chat {
  id
  title
  updatedAt
  pinned
  archived
  unread
  activeSession {
    id
  }
  companionMessage {
    id
  }
}`) as unknown as TypedDocumentString<ChatsQuery, ChatsQueryVariables>;
export const RenameChatDocument = new TypedDocumentString(`
    mutation RenameChat($id: ID!, $title: String!) {
  renameChat(id: $id, title: $title) {
    ...ChatSummary
  }
}
    fragment ChatSummary on Chat {
  id
  title
  updatedAt
  pinned
  archived
  unread
  activeSession {
    id
  }
  companionMessage {
    id
  }
}`) as unknown as TypedDocumentString<RenameChatMutation, RenameChatMutationVariables>;
export const PinChatDocument = new TypedDocumentString(`
    mutation PinChat($id: ID!) {
  pinChat(id: $id) {
    id
  }
}
    `) as unknown as TypedDocumentString<PinChatMutation, PinChatMutationVariables>;
export const UnpinChatDocument = new TypedDocumentString(`
    mutation UnpinChat($id: ID!) {
  unpinChat(id: $id) {
    id
  }
}
    `) as unknown as TypedDocumentString<UnpinChatMutation, UnpinChatMutationVariables>;
export const ArchiveChatDocument = new TypedDocumentString(`
    mutation ArchiveChat($id: ID!) {
  archiveChat(id: $id) {
    id
  }
}
    `) as unknown as TypedDocumentString<ArchiveChatMutation, ArchiveChatMutationVariables>;
export const UnarchiveChatDocument = new TypedDocumentString(`
    mutation UnarchiveChat($id: ID!) {
  unarchiveChat(id: $id) {
    id
  }
}
    `) as unknown as TypedDocumentString<UnarchiveChatMutation, UnarchiveChatMutationVariables>;
export const DeleteChatDocument = new TypedDocumentString(`
    mutation DeleteChat($id: ID!) {
  deleteChat(id: $id)
}
    `) as unknown as TypedDocumentString<DeleteChatMutation, DeleteChatMutationVariables>;
export const RestoreChatDocument = new TypedDocumentString(`
    mutation RestoreChat($id: ID!) {
  restoreChat(id: $id) {
    id
  }
}
    `) as unknown as TypedDocumentString<RestoreChatMutation, RestoreChatMutationVariables>;
export const MarkChatReadDocument = new TypedDocumentString(`
    mutation MarkChatRead($id: ID!) {
  markChatRead(id: $id) {
    ...ChatSummary
  }
}
    fragment ChatSummary on Chat {
  id
  title
  updatedAt
  pinned
  archived
  unread
  activeSession {
    id
  }
  companionMessage {
    id
  }
}`) as unknown as TypedDocumentString<MarkChatReadMutation, MarkChatReadMutationVariables>;
export const ChatChangesDocument = new TypedDocumentString(`
    subscription ChatChanges($after: String) {
  chatChanges(after: $after) {
    __typename
    cursor
    ... on ChatChangedEvent {
      chat {
        ...ChatSummary
      }
    }
    ... on ChatDeletedEvent {
      chatId
    }
  }
}
    fragment ChatSummary on Chat {
  id
  title
  updatedAt
  pinned
  archived
  unread
  activeSession {
    id
  }
  companionMessage {
    id
  }
}`) as unknown as TypedDocumentString<ChatChangesSubscription, ChatChangesSubscriptionVariables>;
export const ModelsDocument = new TypedDocumentString(`
    query Models {
  models {
    ...ModelFields
  }
}
    fragment ModelFields on Model {
  id
  name
  provider
  contextWindow
  maxTemperature
  acceptsImages
  available
  unavailableReason
  missingSetting
  plans {
    id
    name
  }
  pinned
}`) as unknown as TypedDocumentString<ModelsQuery, ModelsQueryVariables>;
export const PinModelDocument = new TypedDocumentString(`
    mutation PinModel($modelId: ID!) {
  pinModel(modelId: $modelId) {
    ...ModelFields
  }
}
    fragment ModelFields on Model {
  id
  name
  provider
  contextWindow
  maxTemperature
  acceptsImages
  available
  unavailableReason
  missingSetting
  plans {
    id
    name
  }
  pinned
}`) as unknown as TypedDocumentString<PinModelMutation, PinModelMutationVariables>;
export const MovePinnedModelDocument = new TypedDocumentString(`
    mutation MovePinnedModel($modelId: ID!, $before: ID) {
  movePinnedModel(modelId: $modelId, before: $before) {
    ...ModelFields
  }
}
    fragment ModelFields on Model {
  id
  name
  provider
  contextWindow
  maxTemperature
  acceptsImages
  available
  unavailableReason
  missingSetting
  plans {
    id
    name
  }
  pinned
}`) as unknown as TypedDocumentString<MovePinnedModelMutation, MovePinnedModelMutationVariables>;
export const UnpinModelDocument = new TypedDocumentString(`
    mutation UnpinModel($modelId: ID!) {
  unpinModel(modelId: $modelId) {
    ...ModelFields
  }
}
    fragment ModelFields on Model {
  id
  name
  provider
  contextWindow
  maxTemperature
  acceptsImages
  available
  unavailableReason
  missingSetting
  plans {
    id
    name
  }
  pinned
}`) as unknown as TypedDocumentString<UnpinModelMutation, UnpinModelMutationVariables>;