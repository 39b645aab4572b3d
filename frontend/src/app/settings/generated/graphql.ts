/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type ApiTokenScope =
  /** `chat:read`: chats, messages, sessions and their streams, models and plans. */
  | 'CHAT_READ'
  /** `chat:write`: start, stop and regenerate replies, change and delete chats, pin. */
  | 'CHAT_WRITE';

export type ChangePasswordInput = {
  /** Left out only where the account has none. */
  currentPassword?: string | null | undefined;
  /** 10 to 200 characters. */
  newPassword: string;
};

export type CreateApiTokenInput = {
  /** Left out: never. */
  expiresAt?: string | null | undefined;
  name: string;
  /** Left out: all. */
  scopes?: Array<ApiTokenScope> | null | undefined;
};

export type DeleteAccountInput = {
  /** Left out only where the account has none. */
  password?: string | null | undefined;
};

export type ImportChatInput = {
  /** The place of the last message of the branch to show; left out: the last of all. */
  activeMessage?: number | null | undefined;
  archived?: boolean | null | undefined;
  createdAt?: string | null | undefined;
  /** Each after the one that it comes after. */
  messages: Array<ImportedMessageInput>;
  pinned?: boolean | null | undefined;
  /** What names the chat where it comes from. The same one is imported once. */
  sourceId: string;
  systemPrompt?: string | null | undefined;
  temperature?: number | null | undefined;
  title: string;
  updatedAt?: string | null | undefined;
};

export type ImportedMessageInput = {
  content: string;
  createdAt?: string | null | undefined;
  model?: string | null | undefined;
  /** The place in the list, from 0, of the message that this one comes after; left out: it begins the chat. */
  parent?: number | null | undefined;
  reasoning?: string | null | undefined;
  role: MessageRole;
};

export type MessageRole =
  | 'ASSISTANT'
  | 'USER';

export type PlanSubscriptionStatus =
  | 'ACTIVE'
  /** The plan holds no more. */
  | 'ENDED'
  /** A payment is late; the plan goes on for some days. */
  | 'PAST_DUE';

export type ProfileQueryVariables = Exact<{ [key: string]: never; }>;


export type ProfileQuery = { viewer: { id: string, displayName: string, email: string | null, isGuest: boolean, hasPassword: boolean, createdAt: string } | null };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { changePassword: { id: string } };

export type SignOutEverywhereMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutEverywhereMutation = { signOutEverywhere: boolean };

export type DeleteAccountMutationVariables = Exact<{
  input: DeleteAccountInput;
}>;


export type DeleteAccountMutation = { deleteAccount: boolean };

export type PlansQueryVariables = Exact<{ [key: string]: never; }>;


export type PlansQuery = { viewer: { id: string, subscription: { status: PlanSubscriptionStatus, periodEnd: string | null, plan: { id: string, name: string } } } | null, plans: Array<{ id: string, name: string, messagesPerDay: number | null, tokensPerMonth: number | null, repliesAtOnce: number | null, models: Array<{ id: string, name: string }> }> };

export type ApiTokenFieldsFragment = { id: string, name: string, scopes: Array<ApiTokenScope>, createdAt: string, expiresAt: string | null, lastUsedAt: string | null };

export type ApiTokensQueryVariables = Exact<{ [key: string]: never; }>;


export type ApiTokensQuery = { viewer: { id: string, apiTokens: Array<{ id: string, name: string, scopes: Array<ApiTokenScope>, createdAt: string, expiresAt: string | null, lastUsedAt: string | null }> } | null };

export type CreateApiTokenMutationVariables = Exact<{
  input: CreateApiTokenInput;
}>;


export type CreateApiTokenMutation = { createApiToken: { secret: string, apiToken: { id: string, name: string, scopes: Array<ApiTokenScope>, createdAt: string, expiresAt: string | null, lastUsedAt: string | null } } };

export type RevokeApiTokenMutationVariables = Exact<{
  id: string;
}>;


export type RevokeApiTokenMutation = { revokeApiToken: { id: string } };

export type ImportChatMutationVariables = Exact<{
  input: ImportChatInput;
}>;


export type ImportChatMutation = { importChat: { created: boolean } };

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
export const ApiTokenFieldsFragmentDoc = new TypedDocumentString(`
    fragment ApiTokenFields on ApiToken {
  id
  name
  scopes
  createdAt
  expiresAt
  lastUsedAt
}
    `, {"fragmentName":"ApiTokenFields"}) as unknown as TypedDocumentString<ApiTokenFieldsFragment, unknown>;
export const ProfileDocument = new TypedDocumentString(`
    query Profile {
  viewer {
    id
    displayName
    email
    isGuest
    hasPassword
    createdAt
  }
}
    `) as unknown as TypedDocumentString<ProfileQuery, ProfileQueryVariables>;
export const ChangePasswordDocument = new TypedDocumentString(`
    mutation ChangePassword($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const SignOutEverywhereDocument = new TypedDocumentString(`
    mutation SignOutEverywhere {
  signOutEverywhere
}
    `) as unknown as TypedDocumentString<SignOutEverywhereMutation, SignOutEverywhereMutationVariables>;
export const DeleteAccountDocument = new TypedDocumentString(`
    mutation DeleteAccount($input: DeleteAccountInput!) {
  deleteAccount(input: $input)
}
    `) as unknown as TypedDocumentString<DeleteAccountMutation, DeleteAccountMutationVariables>;
export const PlansDocument = new TypedDocumentString(`
    query Plans {
  viewer {
    id
    subscription {
      plan {
        id
        name
      }
      status
      periodEnd
    }
  }
  plans {
    id
    name
    messagesPerDay
    tokensPerMonth
    repliesAtOnce
    models {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<PlansQuery, PlansQueryVariables>;
export const ApiTokensDocument = new TypedDocumentString(`
    query ApiTokens {
  viewer {
    id
    apiTokens {
      ...ApiTokenFields
    }
  }
}
    fragment ApiTokenFields on ApiToken {
  id
  name
  scopes
  createdAt
  expiresAt
  lastUsedAt
}`) as unknown as TypedDocumentString<ApiTokensQuery, ApiTokensQueryVariables>;
export const CreateApiTokenDocument = new TypedDocumentString(`
    mutation CreateApiToken($input: CreateApiTokenInput!) {
  createApiToken(input: $input) {
    apiToken {
      ...ApiTokenFields
    }
    secret
  }
}
    fragment ApiTokenFields on ApiToken {
  id
  name
  scopes
  createdAt
  expiresAt
  lastUsedAt
}`) as unknown as TypedDocumentString<CreateApiTokenMutation, CreateApiTokenMutationVariables>;
export const RevokeApiTokenDocument = new TypedDocumentString(`
    mutation RevokeApiToken($id: ID!) {
  revokeApiToken(id: $id) {
    id
  }
}
    `) as unknown as TypedDocumentString<RevokeApiTokenMutation, RevokeApiTokenMutationVariables>;
export const ImportChatDocument = new TypedDocumentString(`
    mutation ImportChat($input: ImportChatInput!) {
  importChat(input: $input) {
    created
  }
}
    `) as unknown as TypedDocumentString<ImportChatMutation, ImportChatMutationVariables>;