import { Injectable } from '@nestjs/common';
import type { Viewer } from '../accounts/viewer.js';
import { ChatBell } from '../bell/chat-bell.js';
import { AppError } from '../errors/app-error.js';
import { checkedPageSize, type Page } from '../paging/page.js';
import { searchedWords } from '../paging/search.js';
import { ModelAccess } from '../plans/model-access.service.js';
import type { CatalogModel } from '../providers/model-catalog.js';
import { GenerationQueue } from '../queue/generation-queue.js';
import { ChatRepository, type ChatChange, type ListedChat } from './chat-repository.js';
import {
  MAX_TITLE_LENGTH,
  forkedTitle,
  storable,
  type Chat,
  type ChatFilter,
  type ChatSettings,
} from './chat.js';
import { checkedSystemPrompt, checkedTemperature } from './checked-settings.js';
import { checkedImport, type ImportRequest } from './imported-chat.js';
import type { Message } from './message.js';

/** Throws NOT_FOUND for what does not exist and for what belongs to somebody else alike. */
export function found<T>(what: string, value: T | undefined): T {
  if (value === undefined) throw new AppError('NOT_FOUND', `This ${what} does not exist, or is not yours.`);
  return value;
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

/** A page of the list of chats, as it is asked for. */
export interface ChatListRequest {
  /** Left out: what is not archived, or all where something is searched for. */
  readonly filter?: ChatFilter;
  readonly first: number;
  readonly after?: string;
  readonly search?: string;
}

/** A viewer's chats and what was said in them. */
@Injectable()
export class ChatService {
  constructor(
    private readonly chats: ChatRepository,
    private readonly queue: GenerationQueue,
    private readonly bell: ChatBell,
    private readonly models: ModelAccess,
  ) {}

  async list(viewer: Viewer, request: ChatListRequest): Promise<Page<ListedChat>> {
    const words = searchedWords(request.search);
    return this.chats.list(viewer.id, {
      filter: request.filter ?? (words.length > 0 ? 'ALL' : 'UNARCHIVED'),
      first: checkedPageSize('first', request.first),
      after: request.after,
      words,
    });
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
    return this.told(viewer, found('message', await this.chats.selectMessage(viewer.id, messageId)));
  }

  /** A new chat with all that was said up to this message. */
  async fork(viewer: Viewer, messageId: string): Promise<Chat> {
    const { chatId, status } = found('message', await this.chats.message(viewer.id, messageId));
    if (status === 'PENDING' || status === 'STREAMING') {
      throw new AppError('CONFLICT', 'This reply is still being written.');
    }
    const { title } = found('chat', await this.chats.find(viewer.id, chatId));
    return this.told(
      viewer,
      found('message', await this.chats.fork(viewer.id, messageId, forkedTitle(title))),
    );
  }

  async rename(viewer: Viewer, chatId: string, title: string): Promise<Chat> {
    const trimmed = storable(title).trim();
    if (trimmed === '' || trimmed.length > MAX_TITLE_LENGTH) {
      throw new AppError('VALIDATION_FAILED', `A title has 1 to ${MAX_TITLE_LENGTH} characters.`);
    }
    return this.told(viewer, found('chat', await this.chats.change(viewer.id, chatId, { title: trimmed })));
  }

  async setPlace(
    viewer: Viewer,
    chatId: string,
    place: Pick<ChatChange, 'pinned' | 'archived' | 'unread'>,
  ): Promise<Chat> {
    return this.told(viewer, found('chat', await this.chats.change(viewer.id, chatId, place)));
  }

  /**
   * Changes what is given, for every reply that is begun from now on. A temperature must be one that the chat's model
   * takes. Throws NOT_FOUND, VALIDATION_FAILED, or why the model cannot be used.
   */
  async updateSettings(viewer: Viewer, chatId: string, settings: Partial<ChatSettings>): Promise<Chat> {
    const chat = await this.get(viewer, chatId);
    const { modelId, systemPrompt, temperature } = settings;
    const changes = {
      ...(modelId && { modelId: this.models.require(viewer, modelId).id }),
      ...(systemPrompt !== undefined && { systemPrompt: checkedSystemPrompt(systemPrompt) }),
      ...(temperature !== undefined && {
        temperature:
          temperature === null
            ? null
            : checkedTemperature(temperature, this.modelOf(viewer, modelId ?? chat.modelId)),
      }),
    };
    if (Object.keys(changes).length === 0) return chat;
    return this.told(viewer, found('chat', await this.chats.change(viewer.id, chatId, changes)));
  }

  /** A chat from elsewhere; one that is here already stays as it is. */
  async import(viewer: Viewer, request: ImportRequest): Promise<{ chat: Chat; created: boolean }> {
    return this.told(viewer, await this.chats.import(viewer.id, checkedImport(request, new Date())));
  }

  /** Deletes the chat; a reply that is being written in it ends. */
  async delete(viewer: Viewer, chatId: string): Promise<string> {
    const ended = found('chat', await this.chats.delete(viewer.id, chatId));
    this.bell.ring(viewer.id);
    for (const sessionId of ended) await this.queue.cancel(sessionId);
    return chatId;
  }

  /** Takes a deletion back, as long as that is possible. */
  async restore(viewer: Viewer, chatId: string): Promise<Chat> {
    return this.told(viewer, found('chat', await this.chats.restore(viewer.id, chatId)));
  }

  /** What was done is told to whoever follows the viewer's chats. */
  private told<T>(viewer: Viewer, done: T): T {
    this.bell.ring(viewer.id);
    return done;
  }

  private modelOf(viewer: Viewer, modelId: string | null): CatalogModel {
    if (modelId === null) throw new AppError('VALIDATION_FAILED', 'Name the model that is to take it.');
    return this.models.require(viewer, modelId);
  }
}
