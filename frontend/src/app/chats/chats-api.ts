import { Injectable, inject } from '@angular/core';
import { map, type Observable } from 'rxjs';
import {
  ArchiveChatDocument,
  ChatChangesDocument,
  ChatsDocument,
  DeleteChatDocument,
  MarkChatReadDocument,
  PinChatDocument,
  RenameChatDocument,
  RestoreChatDocument,
  UnarchiveChatDocument,
  UnpinChatDocument,
  type ChatChangesSubscription,
  type ChatFilter,
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

/** Which chats are listed where nothing is searched for. */
export type ChatsView = 'current' | 'archived';

/** What the list is asked for. A search looks through all chats, whatever the view. */
export interface ChatsWanted {
  readonly view: ChatsView;
  readonly search: string;
  /** Where the stretch begins; `null`: at the list's beginning. */
  readonly after: string | null;
}

/** A stretch of the list; the first one of the current chats has all pinned ones as well. In no order. */
export interface ChatsPage {
  readonly chats: readonly ListedChat[];
  /** Where the next stretch begins; `null`: this is the end. */
  readonly next: string | null;
}

/** What happens in the list, whoever does it. */
export type ChatListEvent = ChatChangesSubscription['chatChanges'];

const PAGE = 30;

/** The list of chats on the wire. */
@Injectable({ providedIn: 'root' })
export class ChatsApi {
  readonly #graphql = inject(GraphqlClient);

  async list({ view, search, after }: ChatsWanted): Promise<ChatsPage> {
    const filter: ChatFilter = search ? 'ALL' : view === 'archived' ? 'ARCHIVED' : 'UNARCHIVED';
    const withPinned = filter === 'UNARCHIVED' && after === null;
    const variables = { first: PAGE, after, search: search || null, filter, withPinned };
    const { pinned, chats } = await this.#graphql.query(ChatsDocument, variables);
    return {
      chats: [
        ...(pinned?.edges.map(({ node }) => node) ?? []),
        ...chats.edges.map(({ node, hit }) => ({ ...node, hit })),
      ],
      next: chats.pageInfo.hasNextPage ? chats.pageInfo.endCursor : null,
    };
  }

  async rename(id: string, title: string): Promise<void> {
    await this.#graphql.mutate(RenameChatDocument, { id, title });
  }

  async pin(id: string): Promise<void> {
    await this.#graphql.mutate(PinChatDocument, { id });
  }

  async unpin(id: string): Promise<void> {
    await this.#graphql.mutate(UnpinChatDocument, { id });
  }

  async archive(id: string): Promise<void> {
    await this.#graphql.mutate(ArchiveChatDocument, { id });
  }

  async unarchive(id: string): Promise<void> {
    await this.#graphql.mutate(UnarchiveChatDocument, { id });
  }

  async markRead(id: string): Promise<void> {
    await this.#graphql.mutate(MarkChatReadDocument, { id });
  }

  /** Arrives even when the page is just being closed. */
  async delete(id: string): Promise<void> {
    await this.#graphql.mutateOnTheWayOut(DeleteChatDocument, { id });
  }

  async restore(id: string): Promise<void> {
    await this.#graphql.mutate(RestoreChatDocument, { id });
  }

  /** What changes after the cursor of an earlier event; with `null`, everything may have changed. Without end. */
  changes(after: string | null): Observable<ChatListEvent> {
    return this.#graphql
      .subscribe(ChatChangesDocument, { after }, {})
      .pipe(map(({ chatChanges }) => chatChanges));
  }
}
