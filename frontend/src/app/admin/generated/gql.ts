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
    "fragment AccountFields on Account {\n  id\n  email\n  displayName\n  isGuest\n  isAdmin\n  createdAt\n  plan {\n    id\n    name\n  }\n  subscription {\n    plan {\n      id\n      name\n    }\n    status\n    periodEnd\n  }\n  usage {\n    messagesToday {\n      used\n      limit\n    }\n    tokensThisMonth {\n      used\n      limit\n    }\n    repliesAtOnce {\n      used\n      limit\n    }\n  }\n}\n\nquery Accounts($first: Int!, $after: String, $search: String) {\n  accounts(first: $first, after: $after, search: $search) {\n    edges {\n      node {\n        ...AccountFields\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery PlanNames {\n  plans {\n    id\n    name\n  }\n}\n\nmutation SetAccountPlan($input: SetAccountPlanInput!) {\n  setAccountPlan(input: $input) {\n    ...AccountFields\n  }\n}": typeof types.AccountFieldsFragmentDoc,
};
const documents: Documents = {
    "fragment AccountFields on Account {\n  id\n  email\n  displayName\n  isGuest\n  isAdmin\n  createdAt\n  plan {\n    id\n    name\n  }\n  subscription {\n    plan {\n      id\n      name\n    }\n    status\n    periodEnd\n  }\n  usage {\n    messagesToday {\n      used\n      limit\n    }\n    tokensThisMonth {\n      used\n      limit\n    }\n    repliesAtOnce {\n      used\n      limit\n    }\n  }\n}\n\nquery Accounts($first: Int!, $after: String, $search: String) {\n  accounts(first: $first, after: $after, search: $search) {\n    edges {\n      node {\n        ...AccountFields\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery PlanNames {\n  plans {\n    id\n    name\n  }\n}\n\nmutation SetAccountPlan($input: SetAccountPlanInput!) {\n  setAccountPlan(input: $input) {\n    ...AccountFields\n  }\n}": types.AccountFieldsFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment AccountFields on Account {\n  id\n  email\n  displayName\n  isGuest\n  isAdmin\n  createdAt\n  plan {\n    id\n    name\n  }\n  subscription {\n    plan {\n      id\n      name\n    }\n    status\n    periodEnd\n  }\n  usage {\n    messagesToday {\n      used\n      limit\n    }\n    tokensThisMonth {\n      used\n      limit\n    }\n    repliesAtOnce {\n      used\n      limit\n    }\n  }\n}\n\nquery Accounts($first: Int!, $after: String, $search: String) {\n  accounts(first: $first, after: $after, search: $search) {\n    edges {\n      node {\n        ...AccountFields\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery PlanNames {\n  plans {\n    id\n    name\n  }\n}\n\nmutation SetAccountPlan($input: SetAccountPlanInput!) {\n  setAccountPlan(input: $input) {\n    ...AccountFields\n  }\n}"): typeof import('./graphql').AccountFieldsFragmentDoc;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
