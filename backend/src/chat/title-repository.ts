/** The titles that models give chats. */
export abstract class TitleRepository {
  /** Takes the right to have the chat named, which there is once a chat, and only while its title is out of its prompt. */
  abstract claim(chatId: string): Promise<boolean>;
  /** Sets the title, unless the owner has named the chat meanwhile. */
  abstract give(chatId: string, title: string): Promise<void>;
  /** Counts what the asking took, in tokens, in the user's month. */
  abstract book(userId: string, tokens: number): Promise<void>;
}
