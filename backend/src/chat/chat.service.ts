import { Injectable } from '@nestjs/common';
import type { Viewer } from '../accounts/viewer.js';
import { AppError } from '../errors/app-error.js';
import { checkedPageSize, type Page } from '../paging/page.js';
import { searchedWords } from '../paging/search.js';
import { GenerationQueue } from '../queue/generation-queue.js';
import { ChatRepository, type ListedChat } from './chat-repository.js';
import { MAX_TITLE_LENGTH, storable, type Chat } from './chat.js';
import type { Message } from './message.js';
import { SessionRepository } from './session-repository.js';

/** Throws NOT_FOUND for what does not exist and for what belongs to somebody else alike. */
export function found<T>(what: string, value: T | undefined): T {
  if (value === undefined) throw new AppError('NOT_FOUND', `This ${what} does not exist, or is not yours.`);
  return value;
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

/** A viewer's chats and what was said in them. */
@Injectable()
export class ChatService {
  constructor(
    private readonly chats: ChatRepository,
    private readonly sessions: SessionRepository,
    private readonly queue: GenerationQueue,
  ) {}

  async list(viewer: Viewer, first: number, after?: string, search?: string): Promise<Page<ListedChat>> {
    return this.chats.list(viewer.id, checkedPageSize('first', first), after, searchedWords(search));
  }

  async get(viewer: Viewer, chatId: string): Promise<Chat> {
    return found('chat', await this.chats.find(viewer.id, chatId));
  }

  /** By id, those that there are. */
  async byId(viewer: Viewer, chatIds: readonly string[]): Promise<Map<string, Chat>> {
    return byId(await this.chats.findAll(viewer.id, chatIds));
  }

  async history(viewer: Viewer, chatId: string, last: number, before?: string): Promise<Page<Message>> {
    return found('chat', await this.chats.history(viewer.id, chatId, checkedPageSize('last', last), before));
  }

  /** By id, those that there are. */
  async messagesById(viewer: Viewer, messageIds: readonly string[]): Promise<Map<string, Message>> {
    return byId(await this.chats.messages(viewer.id, messageIds));
  }

  /** By message, the ids of its versions: those with the same parent, itself included, oldest first. */
  siblings(viewer: Viewer, messageIds: readonly string[]): Promise<Map<string, string[]>> {
    return this.chats.siblings(viewer.id, messageIds);
  }

  async selectMessage(viewer: Viewer, messageId: string): Promise<Chat> {
    return found('message', await this.chats.selectMessage(viewer.id, messageId));
  }

  async rename(viewer: Viewer, chatId: string, title: string): Promise<Chat> {
    const trimmed = storable(title).trim();
    if (trimmed === '' || trimmed.length > MAX_TITLE_LENGTH) {
      throw new AppError('VALIDATION_FAILED', `A title has 1 to ${MAX_TITLE_LENGTH} characters.`);
    }
    return found('chat', await this.chats.rename(viewer.id, chatId, trimmed));
  }

  /** Deletes the chat; a reply that is being written in it ends. */
  async delete(viewer: Viewer, chatId: string): Promise<string> {
    await this.get(viewer, chatId);
    const [active] = await this.sessions.active([chatId]);
    await this.chats.delete(viewer.id, chatId);
    if (active) await this.queue.cancel(active.id);
    return chatId;
  }
}
