import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { ListedChat } from '../../chat/chat-repository.js';
import type { Page } from '../../paging/page.js';
import { AccountType } from './account.type.js';
import { ChatType } from './chat.type.js';
import { MessageType } from './message.type.js';

@ObjectType('PageInfo')
export class PageInfoType {
  @Field() hasNextPage: boolean;
  @Field() hasPreviousPage: boolean;
  @Field(() => String, { nullable: true }) startCursor: string | null;
  @Field(() => String, { nullable: true }) endCursor: string | null;
}

@ObjectType('ChatSearchHit')
export class ChatSearchHitType {
  @Field(() => ID) messageId: string;
  @Field({ description: 'A line of the message with the first of the words, as plain text.' })
  excerpt: string;
}

@ObjectType('ChatEdge')
export class ChatEdgeType {
  @Field() cursor: string;
  @Field(() => ChatType) node: ChatType;
  @Field(() => ChatSearchHitType, {
    nullable: true,
    description: 'The newest message that has all words of the search; null where the title has them.',
  })
  hit: ChatSearchHitType | null;
}

@ObjectType('ChatConnection')
export class ChatConnectionType {
  @Field(() => [ChatEdgeType]) edges: ChatEdgeType[];
  @Field(() => PageInfoType) pageInfo: PageInfoType;
}

@ObjectType('MessageEdge')
export class MessageEdgeType {
  @Field() cursor: string;
  @Field(() => MessageType) node: MessageType;
}

@ObjectType('MessageConnection')
export class MessageConnectionType {
  @Field(() => [MessageEdgeType]) edges: MessageEdgeType[];
  @Field(() => PageInfoType) pageInfo: PageInfoType;
}

@ObjectType('AccountEdge')
export class AccountEdgeType {
  @Field() cursor: string;
  @Field(() => AccountType) node: AccountType;
}

@ObjectType('AccountConnection')
export class AccountConnectionType {
  @Field(() => [AccountEdgeType]) edges: AccountEdgeType[];
  @Field(() => PageInfoType) pageInfo: PageInfoType;
}

interface Connection<T> {
  edges: { cursor: string; node: T }[];
  pageInfo: PageInfoType;
}

/** A page in the words of the Relay connection specification; a node's id is its cursor. */
export function connectionOf<T extends { readonly id: string }>(page: Page<T>): Connection<T> {
  const { items, hasNextPage, hasPreviousPage } = page;
  return {
    edges: items.map((node) => ({ cursor: node.id, node })),
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: items[0]?.id ?? null,
      endCursor: items.at(-1)?.id ?? null,
    },
  };
}

/** The same for chats, each with where it has what was searched for. */
export function chatConnectionOf(page: Page<ListedChat>): ChatConnectionType {
  const { edges, pageInfo } = connectionOf(page);
  return { edges: edges.map((edge) => ({ ...edge, hit: edge.node.hit })), pageInfo };
}
