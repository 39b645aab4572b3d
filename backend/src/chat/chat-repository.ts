import type { Page } from '../paging/page.js';
import type { Attachment } from './attachment.js';
import type { Chat, ChatFilter, ChatSettings } from './chat.js';
import type { ImportedChat } from './imported-chat.js';
import type { Message } from './message.js';
import type { SearchHit } from './search-hit.js';

/** A chat in the list, with the place of the words that it was searched by, unless they stand in its title. */
export interface ListedChat extends Chat {
  readonly hit: SearchHit | null;
}

/** A message with the files that it brought along. */
export interface WholeMessage extends Message {
  readonly attachments: readonly Attachment[];
}

/** A chat with all that was said in it, on whatever branch. */
export interface WholeChat extends Chat {
  /** The last message of the active branch. */
  readonly activeMessageId: string | null;
  /** Each after the one that it answers. */
  readonly messages: readonly WholeMessage[];
}

/** What the owner says of a chat; what is left out stays. */
export type ChatChange = Partial<Pick<Chat, 'title' | 'pinned' | 'archived' | 'unread'> & ChatSettings>;

/** A page of chats to look up. */
export interface WantedChats {
  readonly first: number;
  readonly after?: string;
  /** Left out: all. */
  readonly filter?: ChatFilter;
  readonly words?: readonly string[];
}

/**
 * Chats and messages. Every method sees only what belongs to `userId`; what does not is as good as absent
 * (`undefined`), and so is an id that is none.
 */
export abstract class ChatRepository {
  /**
   * Last active first. `after`: the id of a chat; VALIDATION_FAILED where it is none of the user's. `words`: only those
   * chats whose title has all of them, or one of whose messages has, whatever their case.
   */
  abstract list(userId: string, wanted: WantedChats): Promise<Page<ListedChat>>;
  abstract find(userId: string, chatId: string): Promise<Chat | undefined>;
  abstract whole(userId: string, chatId: string): Promise<WholeChat | undefined>;
  /** Those that there are, in any order. */
  abstract findAll(userId: string, chatIds: readonly string[]): Promise<Chat[]>;
  /** The chat and all its messages, or nothing; `created` is false where the user has it already. */
  abstract import(userId: string, chat: ImportedChat): Promise<{ chat: Chat; created: boolean }>;
  abstract change(userId: string, chatId: string, change: ChatChange): Promise<Chat | undefined>;
  /**
   * Takes the chat away from everybody, and ends the sessions in it: returns the ids of those whose replies were being
   * written. It can be restored for `RESTORABLE_SECONDS`.
   */
  abstract delete(userId: string, chatId: string): Promise<string[] | undefined>;
  /** Gives a deleted chat back; one that is not deleted stays as it is. */
  abstract restore(userId: string, chatId: string): Promise<Chat | undefined>;
  /** Removes for good, with all that hangs on it, what can no longer be restored. */
  abstract removeDeleted(): Promise<void>;

  /** The active branch's last messages before `before` (a message id), oldest first. */
  abstract history(
    userId: string,
    chatId: string,
    last: number,
    before?: string,
  ): Promise<Page<Message> | undefined>;
  abstract message(userId: string, messageId: string): Promise<Message | undefined>;
  /** Those that there are, in any order. */
  abstract messages(userId: string, messageIds: readonly string[]): Promise<Message[]>;
  /** By message, the ids of those with the same parent, itself included, oldest first. */
  abstract siblings(userId: string, messageIds: readonly string[]): Promise<Map<string, string[]>>;
  /**
   * Makes a chat of its own out of all that was said up to this message, of copies. Only the chat's other branches, and
   * what stands below the message, stay behind.
   */
  abstract fork(userId: string, messageId: string, title: string): Promise<Chat | undefined>;
  /** Makes the branch of this message active, down to its newest descendant. Returns its chat. */
  abstract selectMessage(userId: string, messageId: string): Promise<Chat | undefined>;
}
