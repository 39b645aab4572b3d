import { Injectable, inject } from '@angular/core';
import {
  ChatsDocument,
  DeleteChatDocument,
  RenameChatDocument,
  type ChatSummaryFragment,
  type ChatsQuery,
} from '../graphql/generated/graphql';
import { GraphqlClient } from '../graphql/graphql-client';

/** A chat as a line of the list. */
export type ChatSummary = ChatSummaryFragment;

/** A chat in the list, with the message that has what was searched for, unless its title does. */
export interface ListedChat extends ChatSummary {
  readonly hit?: ChatsQuery['chats']['edges'][number]['hit'];
}

/** A stretch of the list, last active first. */
export interface ChatsPage {
  readonly chats: readonly ListedChat[];
  /** Where the next stretch begins; `null`: this is the end. */
  readonly next: string | null;
}

const PAGE = 30;

/** The list of chats on the wire. */
@Injectable({ providedIn: 'root' })
export class ChatsApi {
  readonly #graphql = inject(GraphqlClient);

  async list(search: string, after: string | null): Promise<ChatsPage> {
    const variables = { first: PAGE, after, search: search || null };
    const { edges, pageInfo } = (await this.#graphql.query(ChatsDocument, variables)).chats;
    return {
      chats: edges.map(({ node, hit }) => ({ ...node, hit })),
      next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
    };
  }

  async rename(id: string, title: string): Promise<ChatSummary> {
    return (await this.#graphql.mutate(RenameChatDocument, { id, title })).renameChat;
  }

  /** Arrives even when the page is just being closed. */
  async delete(id: string): Promise<void> {
    await this.#graphql.mutateOnTheWayOut(DeleteChatDocument, { id });
  }
}
