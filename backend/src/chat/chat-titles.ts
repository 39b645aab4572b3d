import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { ChatBell } from '../bell/chat-bell.js';
import { responseCacheKey } from '../cache/response-cache-key.js';
import { ResponseCache } from '../cache/response-cache.js';
import { AppConfig } from '../config/app-config.js';
import { AppError } from '../errors/app-error.js';
import { ModelAccess } from '../plans/model-access.service.js';
import type { CatalogModel } from '../providers/model-catalog.js';
import type { ChunkSink, ConversationMessage } from '../providers/provider-adapter.js';
import { TextGenerator } from '../providers/text-generator.js';
import { cacheScopeOf } from './cache-scope.js';
import { titleFromModel } from './chat.js';
import { conversationOf } from './conversation.js';
import type { Claim } from './session-repository.js';
import { TitleRepository } from './title-repository.js';

/** How much of the question and of the reply a model is shown, and how much of its answer is read, in UTF-16 code units. */
const MAX_SHOWN = 2000;
const MAX_READ = 400;
/** How long naming a chat may take, in milliseconds. */
const TIMEOUT_MS = 60_000;
const ASK =
  'Name this conversation, in its language: at most six words, no quotes, no Markdown, no full stop. ' +
  'Answer with the name alone.';

type Told = Pick<ConversationMessage, 'role' | 'content'>;

interface Answer {
  readonly text: string;
  readonly tokens: number;
}

/**
 * Has models name chats after their first whole reply, beside the work: no reply waits for it, and where it fails the
 * title stays that was made out of the prompt.
 */
@Injectable()
export class ChatTitles implements OnModuleDestroy {
  private readonly logger = new Logger(ChatTitles.name);
  readonly #ending = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(
    private readonly titles: TitleRepository,
    private readonly models: ModelAccess,
    private readonly generator: TextGenerator,
    private readonly cache: ResponseCache,
    private readonly bell: ChatBell,
    private readonly config: AppConfig,
  ) {}

  /** Begins to name the chat of a reply that is whole, if that is to be done. */
  begin(claim: Claim, reply: string): void {
    if (!this.config.titles.wanted || !claim.untitled || this.#ending.signal.aborted) return;
    const naming = this.#name(claim, reply)
      .catch((error: unknown) => {
        const why = error instanceof AppError ? `${error.code} ${error.message}` : String(error);
        this.logger.warn(`chat ${claim.session.chatId} keeps the title of its prompt: ${why}`);
      })
      .finally(() => this.#running.delete(naming));
    this.#running.add(naming);
  }

  async onModuleDestroy(): Promise<void> {
    this.#ending.abort(new Error('the process ends'));
    await Promise.all(this.#running);
  }

  async #name(claim: Claim, reply: string): Promise<void> {
    const { chatId, modelId } = claim.session;
    const model = this.models.require(claim, this.config.titles.modelId ?? modelId);
    if (!(await this.titles.claim(chatId))) return;
    const question = conversationOf(claim.branch).at(-1)?.content ?? '';
    const title = await this.#title(claim, model, [
      { role: 'user', content: shown(question) },
      { role: 'assistant', content: shown(reply) },
      { role: 'user', content: ASK },
    ]);
    if (!title) return;
    await this.titles.give(chatId, title);
    this.bell.ring(claim.userId);
  }

  /** The cache's where it has one: a chat that it has answered costs nothing for its name either. */
  async #title(claim: Claim, model: CatalogModel, messages: readonly Told[]): Promise<string | undefined> {
    const scope = cacheScopeOf(claim, this.config);
    // Apart from the replies: what a user asks in the same words is asked in another way.
    const key = scope && responseCacheKey({ scope: `titles of ${scope}`, modelId: model.id, messages });
    const known = key && claim.session.cachePolicy === 'USE' ? await this.cache.get(key) : undefined;
    if (known) return known.content;
    const { text, tokens } = await this.#ask(model, messages);
    await this.titles.book(claim.userId, tokens);
    const title = titleFromModel(text);
    if (key && title) await this.cache.set(key, { content: title, reasoning: '' });
    return title;
  }

  async #ask(model: CatalogModel, messages: readonly Told[]): Promise<Answer> {
    const enough = new AbortController();
    const signal = AbortSignal.any([this.#ending.signal, AbortSignal.timeout(TIMEOUT_MS), enough.signal]);
    let text = '';
    let thoughts = 0;
    let counted: number | undefined;
    const take: ChunkSink = (chunk) => {
      if (chunk.type === 'text') text += chunk.text;
      if (chunk.type === 'reasoning') thoughts += chunk.text.length;
      if (chunk.type === 'usage') counted = chunk.inputTokens + chunk.outputTokens;
      if (text.length > MAX_READ) enough.abort();
      return undefined;
    };
    try {
      await this.generator.stream(model, { messages, purpose: 'title' }, take, signal);
    } catch (error) {
      if (!enough.signal.aborted) throw error;
    }
    const asked = messages.reduce((length, { content }) => length + content.length, 0);
    return { text, tokens: counted ?? Math.ceil((asked + thoughts + text.length) / 4) };
  }
}

function shown(text: string): string {
  return text.slice(0, MAX_SHOWN).toWellFormed();
}
