import { Injectable, Logger } from '@nestjs/common';
import type { Viewer } from '../accounts/viewer.js';
import { ChatBell } from '../bell/chat-bell.js';
import { AppConfig } from '../config/app-config.js';
import { AppError } from '../errors/app-error.js';
import { Metrics } from '../metrics/metrics.js';
import { ModelAccess } from '../plans/model-access.service.js';
import { PlanCatalog } from '../plans/plan-catalog.js';
import { expectedTokens, IMAGE_TOKENS, tokensOfText } from '../plans/usage.js';
import type { CatalogModel } from '../providers/model-catalog.js';
import { GenerationQueue } from '../queue/generation-queue.js';
import type { MessageEvent } from '../streaming/message-event.js';
import { TokenStream } from '../streaming/token-stream.js';
import { isImage, type Attachment } from './attachment.js';
import { Attachments } from './attachments.service.js';
import { ChatRepository } from './chat-repository.js';
import { isEnded, type CachePolicy, type ChatSession } from './chat-session.js';
import { found } from './chat.service.js';
import { storable, titleFromPrompt } from './chat.js';
import { checkedSystemPrompt, checkedTemperature } from './checked-settings.js';
import { GenerationService } from './generation.service.js';
import { JustStarted } from './just-started.js';
import { isCutShort } from './message.js';
import { OpenStreams } from './open-streams.js';
import { savedEvents } from './saved-events.js';
import { SessionRepository, type NewSession, type Place, type StartedSession } from './session-repository.js';
import { WatchedReading } from './watched-reading.js';

/** Longest prompt, in UTF-16 code units. Models end far below; this only bounds what one request costs. */
export const MAX_PROMPT_LENGTH = 400_000;
const MAX_KEY_LENGTH = 200;

export interface StartRequest {
  readonly prompt: string;
  readonly modelId: string;
  readonly chatId?: string;
  /** Left out: the end of the active branch. `null`: another beginning of the chat. */
  readonly parentMessageId?: string | null;
  readonly cache: CachePolicy;
  readonly idempotencyKey?: string;
  /** Files that the user has uploaded before. */
  readonly attachmentIds?: readonly string[];
  /** Of a new chat; one that is there has its own. */
  readonly systemPrompt?: string | null;
  readonly temperature?: number | null;
}

export interface CompareRequest {
  /** A reply, or the user message that it answers. */
  readonly messageId: string;
  readonly modelId: string;
  readonly cache: CachePolicy;
  readonly idempotencyKey?: string;
}

/** Starting, watching and stopping replies: what a user may do with a session. */
@Injectable()
export class ChatSessionService {
  private readonly logger = new Logger(ChatSessionService.name);
  private readonly justStarted = new JustStarted();

  constructor(
    private readonly sessions: SessionRepository,
    private readonly chats: ChatRepository,
    private readonly attachments: Attachments,
    private readonly models: ModelAccess,
    private readonly plans: PlanCatalog,
    private readonly queue: GenerationQueue,
    private readonly tokenStream: TokenStream,
    private readonly generation: GenerationService,
    private readonly openStreams: OpenStreams,
    private readonly metrics: Metrics,
    private readonly bell: ChatBell,
    private readonly config: AppConfig,
  ) {}

  /** Saves the user's message with its attachments, creates the session and queues the reply. */
  async start(viewer: Viewer, request: StartRequest): Promise<StartedSession> {
    const prompt = checkedPrompt(request.prompt);
    const model = this.models.require(viewer, request.modelId);
    const place = placeOf(request, prompt, model);
    const attachments = await this.attachments.forMessage(viewer, request.attachmentIds ?? [], model);
    const tokens = expectedTokens(systemPromptOf(place) + prompt) + tokensOf(attachments);
    const session = this.newSession(viewer, model, request, tokens);
    const ids = attachments.map(({ id }) => id);
    return this.enqueued(viewer, await this.sessions.start(session, place, prompt, ids));
  }

  /** Another reply beside the one given, from the same model unless told otherwise. */
  async regenerate(viewer: Viewer, messageId: string, modelId?: string): Promise<StartedSession> {
    const message = found('message', await this.chats.message(viewer.id, messageId));
    const chat = found('chat', await this.chats.find(viewer.id, message.chatId));
    const named = modelId ?? message.modelId ?? chat.modelId;
    if (!named) throw new AppError('VALIDATION_FAILED', 'Name the model that is to answer.');
    // REFRESH: a new reply is what was asked for, and the next one who asks the same may have it.
    const session = this.newSession(viewer, this.models.require(viewer, named), { cache: 'REFRESH' });
    return this.enqueued(viewer, await this.sessions.regenerate(session, messageId));
  }

  /** Goes on with a reply that ended early, in another version of it; from the same model unless told otherwise. */
  async continue(viewer: Viewer, messageId: string, modelId?: string): Promise<StartedSession> {
    const message = found('message', await this.chats.message(viewer.id, messageId));
    const model = modelId ?? message.modelId;
    if (!isCutShort(message) || !model) {
      const only = 'Only a reply that was stopped or failed can go on, from what was kept of it.';
      throw new AppError('VALIDATION_FAILED', only);
    }
    // What another model would answer to such a conversation is of no use to anybody else.
    const session = this.newSession(viewer, this.models.require(viewer, model), { cache: 'BYPASS' });
    return this.enqueued(viewer, await this.sessions.continue(session, message));
  }

  /** Another model's reply beside the one given, which may still be being written: the chat stays where it is. */
  async compare(viewer: Viewer, request: CompareRequest): Promise<StartedSession> {
    const session = this.newSession(viewer, this.models.require(viewer, request.modelId), request);
    return this.enqueued(viewer, await this.sessions.compare(session, request.messageId));
  }

  async get(viewer: Viewer, sessionId: string): Promise<ChatSession> {
    return found('session', await this.sessions.find(viewer.id, sessionId));
  }

  /** The sessions whose replies are being written in these chats now. */
  activeOf(chatIds: readonly string[]): Promise<ChatSession[]> {
    return this.sessions.active(chatIds);
  }

  /** Ends the reply. Stopping one that has ended changes nothing. */
  async stop(viewer: Viewer, sessionId: string): Promise<ChatSession> {
    const session = found('session', await this.sessions.requestStop(viewer.id, sessionId));
    if (session.status === 'STREAMING') await this.queue.cancel(sessionId);
    if (session.status !== 'PENDING') return session;
    // No worker has begun, and none may be free for long: a claim that sees the stop ends the reply at once.
    await this.generation.generate(sessionId, new AbortController().signal);
    return this.get(viewer, sessionId);
  }

  /**
   * The events of a `watchable` session after `after`; ends after a final event, and at once when it is returned, or
   * with an error when what it stands on is over (see `OpenStreams`).
   */
  async events(
    viewer: Viewer,
    session: ChatSession,
    after: number,
  ): Promise<AsyncIterableIterator<MessageEvent>> {
    if (isEnded(session.status) && !(await this.tokenStream.hasEnded(session.id))) {
      // The log or its end is gone (a restart without Redis, a lost Redis), the reply is not.
      const message = found('message', await this.chats.message(viewer.id, session.assistantMessageId));
      return told(savedEvents(message, session.attempts + 1, after));
    }
    if (after > 0) this.metrics.resumedStreams.inc();
    const ending = new AbortController();
    const events = this.tokenStream.read(session.id, after, ending.signal);
    return new WatchedReading(
      events,
      this.openStreams.add(viewer, session.id, (error) => ending.abort(error)),
    );
  }

  /** The session, to read its `events` from. Throws NOT_FOUND, SESSION_EXPIRED or VALIDATION_FAILED. */
  async watchable(viewer: Viewer, sessionId: string, after: number): Promise<ChatSession> {
    if (after < 0) throw new AppError('VALIDATION_FAILED', 'after must not be negative.');
    const session = this.justStarted.take(viewer.id, sessionId) ?? (await this.get(viewer, sessionId));
    if (session.expired || session.status === 'EXPIRED') {
      throw new AppError('SESSION_EXPIRED', 'This session has expired. Its reply is in the chat history.');
    }
    return session;
  }

  private newSession(
    viewer: Viewer,
    model: CatalogModel,
    { cache, idempotencyKey }: Pick<StartRequest, 'cache' | 'idempotencyKey'>,
    /** Of the reply, and of what the model is told besides what was said before. */
    tokens = expectedTokens(''),
  ): NewSession {
    if (idempotencyKey !== undefined && (idempotencyKey === '' || idempotencyKey.length > MAX_KEY_LENGTH)) {
      throw new AppError('VALIDATION_FAILED', `idempotencyKey has 1 to ${MAX_KEY_LENGTH} characters.`);
    }
    return {
      userId: viewer.id,
      modelId: model.id,
      cachePolicy: cache,
      ttlSeconds: this.config.sessionTtlSeconds,
      idempotencyKey: idempotencyKey && storable(idempotencyKey),
      limits: this.plans.of(viewer),
      expectedTokens: tokens,
    };
  }

  private async enqueued(viewer: Viewer, started: StartedSession): Promise<StartedSession> {
    const { session, created } = started;
    if (!created) return started;
    this.justStarted.add(viewer.id, session);
    this.bell.ring(viewer.id);
    try {
      await this.queue.enqueue(session.id);
    } catch (error) {
      // The session is saved, so the sweep queues it when the queue is back. Refusing now would lose the prompt.
      this.logger.error(`session ${session.id} could not be queued yet`, error);
    }
    return started;
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- whoever reads it waits for events
async function* told(events: Iterable<MessageEvent>): AsyncGenerator<MessageEvent, undefined> {
  yield* events;
}

function checkedPrompt(prompt: string): string {
  const text = storable(prompt);
  if (text.trim() === '') throw new AppError('VALIDATION_FAILED', 'The prompt is empty.');
  if (text.length > MAX_PROMPT_LENGTH) {
    throw new AppError('VALIDATION_FAILED', `The prompt is longer than ${MAX_PROMPT_LENGTH} characters.`);
  }
  return text;
}

function placeOf(request: StartRequest, prompt: string, model: CatalogModel): Place {
  const { chatId, parentMessageId, systemPrompt = null, temperature = null } = request;
  if (chatId === undefined) {
    if (parentMessageId) throw new AppError('VALIDATION_FAILED', 'parentMessageId needs a chatId.');
    return {
      type: 'new-chat',
      title: titleFromPrompt(prompt),
      systemPrompt: checkedSystemPrompt(systemPrompt),
      temperature: temperature === null ? null : checkedTemperature(temperature, model),
    };
  }
  if (systemPrompt !== null || temperature !== null) {
    throw new AppError('VALIDATION_FAILED', 'This chat has its settings: updateChatSettings changes them.');
  }
  if (parentMessageId === undefined) return { type: 'end-of-branch', chatId };
  return { type: 'after-message', chatId, parentId: parentMessageId };
}

/** What attachments are expected to come to: what text says, and for an image about what vendors count. */
function tokensOf(attachments: readonly Attachment[]): number {
  return attachments.reduce((sum, one) => sum + (isImage(one) ? IMAGE_TOKENS : tokensOfText(one.size)), 0);
}

function systemPromptOf(place: Place): string {
  return (place.type === 'new-chat' ? place.systemPrompt : null) ?? '';
}
