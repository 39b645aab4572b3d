/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query Profile {\n  viewer {\n    id\n    displayName\n    email\n    isGuest\n    hasPassword\n    createdAt\n  }\n}\n\nmutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    id\n  }\n}\n\nmutation SignOutEverywhere {\n  signOutEverywhere\n}\n\nmutation DeleteAccount($input: DeleteAccountInput!) {\n  deleteAccount(input: $input)\n}\n\nquery Plans {\n  viewer {\n    id\n    subscription {\n      plan {\n        id\n        name\n      }\n      status\n      periodEnd\n    }\n  }\n  plans {\n    id\n    name\n    messagesPerDay\n    tokensPerMonth\n    repliesAtOnce\n    models {\n      id\n      name\n    }\n  }\n}\n\nfragment ApiTokenFields on ApiToken {\n  id\n  name\n  scopes\n  createdAt\n  expiresAt\n  lastUsedAt\n}\n\nquery ApiTokens {\n  viewer {\n    id\n    apiTokens {\n      ...ApiTokenFields\n    }\n  }\n}\n\nmutation CreateApiToken($input: CreateApiTokenInput!) {\n  createApiToken(input: $input) {\n    apiToken {\n      ...ApiTokenFields\n    }\n    secret\n  }\n}\n\nmutation RevokeApiToken($id: ID!) {\n  revokeApiToken(id: $id) {\n    id\n  }\n}\n\nmutation ImportChat($input: ImportChatInput!) {\n  importChat(input: $input) {\n    created\n  }\n}": typeof types.ProfileDocument,
};
const documents: Documents = {
    "query Profile {\n  viewer {\n    id\n    displayName\n    email\n    isGuest\n    hasPassword\n    createdAt\n  }\n}\n\nmutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    id\n  }\n}\n\nmutation SignOutEverywhere {\n  signOutEverywhere\n}\n\nmutation DeleteAccount($input: DeleteAccountInput!) {\n  deleteAccount(input: $input)\n}\n\nquery Plans {\n  viewer {\n    id\n    subscription {\n      plan {\n        id\n        name\n      }\n      status\n      periodEnd\n    }\n  }\n  plans {\n    id\n    name\n    messagesPerDay\n    tokensPerMonth\n    repliesAtOnce\n    models {\n      id\n      name\n    }\n  }\n}\n\nfragment ApiTokenFields on ApiToken {\n  id\n  name\n  scopes\n  createdAt\n  expiresAt\n  lastUsedAt\n}\n\nquery ApiTokens {\n  viewer {\n    id\n    apiTokens {\n      ...ApiTokenFields\n    }\n  }\n}\n\nmutation CreateApiToken($input: CreateApiTokenInput!) {\n  createApiToken(input: $input) {\n    apiToken {\n      ...ApiTokenFields\n    }\n    secret\n  }\n}\n\nmutation RevokeApiToken($id: ID!) {\n  revokeApiToken(id: $id) {\n    id\n  }\n}\n\nmutation ImportChat($input: ImportChatInput!) {\n  importChat(input: $input) {\n    created\n  }\n}": types.ProfileDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Profile {\n  viewer {\n    id\n    displayName\n    email\n    isGuest\n    hasPassword\n    createdAt\n  }\n}\n\nmutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    id\n  }\n}\n\nmutation SignOutEverywhere {\n  signOutEverywhere\n}\n\nmutation DeleteAccount($input: DeleteAccountInput!) {\n  deleteAccount(input: $input)\n}\n\nquery Plans {\n  viewer {\n    id\n    subscription {\n      plan {\n        id\n        name\n      }\n      status\n      periodEnd\n    }\n  }\n  plans {\n    id\n    name\n    messagesPerDay\n    tokensPerMonth\n    repliesAtOnce\n    models {\n      id\n      name\n    }\n  }\n}\n\nfragment ApiTokenFields on ApiToken {\n  id\n  name\n  scopes\n  createdAt\n  expiresAt\n  lastUsedAt\n}\n\nquery ApiTokens {\n  viewer {\n    id\n    apiTokens {\n      ...ApiTokenFields\n    }\n  }\n}\n\nmutation CreateApiToken($input: CreateApiTokenInput!) {\n  createApiToken(input: $input) {\n    apiToken {\n      ...ApiTokenFields\n    }\n    secret\n  }\n}\n\nmutation RevokeApiToken($id: ID!) {\n  revokeApiToken(id: $id) {\n    id\n  }\n}\n\nmutation ImportChat($input: ImportChatInput!) {\n  importChat(input: $input) {\n    created\n  }\n}"): typeof import('./graphql').ProfileDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
