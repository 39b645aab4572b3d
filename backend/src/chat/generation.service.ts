import { Injectable, Logger } from '@nestjs/common';
import { ModelAccess } from '../accounts/model-access.service.js';
import { responseCacheKey } from '../cache/response-cache-key.js';
import { ResponseCache, type CachedReply } from '../cache/response-cache.js';
import { AppConfig } from '../config/app-config.js';
import { AppError } from '../errors/app-error.js';
import { ERROR_CODES } from '../errors/error-code.js';
import type { CatalogModel } from '../providers/model-catalog.js';
import type { GenerationChunk } from '../providers/provider-adapter.js';
import { TextGenerator } from '../providers/text-generator.js';
import type { NewMessageEvent } from '../streaming/message-event.js';
import { FencedError, TokenStream } from '../streaming/token-stream.js';
import { ChatRepository } from './chat-repository.js';
import { conversationOf } from './conversation.js';
import { GenerationAborted } from './generation-aborted.js';
import { ReplyWriter } from './reply-writer.js';
import { finalEventOf } from './saved-events.js';
import { SessionRepository, type Claim } from './session-repository.js';

/** How many attempts may fail for reasons of ours (a worker that died) before a reply is given up. */
export const MAX_ATTEMPTS = 3;

/** Where a reply comes from. */
interface Source {
  readonly chunks: AsyncIterable<GenerationChunk> | Iterable<GenerationChunk>;
  readonly fromCache: boolean;
  /** Left out: the reply is not to be cached. */
  readonly cacheKey?: string;
}

/** Makes replies. Nothing else writes tokens or ends a session. */
@Injectable()
export class GenerationService {
  private readonly logger = new Logger(GenerationService.name);

  constructor(
    private readonly sessions: SessionRepository,
    private readonly chats: ChatRepository,
    private readonly models: ModelAccess,
    private readonly generator: TextGenerator,
    private readonly tokenStream: TokenStream,
    private readonly cache: ResponseCache,
    private readonly config: AppConfig,
  ) {}

  /**
   * Makes the reply of one session, from its claim to its final event. `signal` aborts with `GenerationAborted`.
   * Rejects only where another attempt shall be made (handed over, database or Redis away).
   */
  async generate(sessionId: string, signal: AbortSignal): Promise<void> {
    const claim = await this.sessions.claim(sessionId);
    if (!claim) return this.repairFinalEvent(sessionId);
    try {
      await this.write(claim, signal);
    } catch (error) {
      const overtaken =
        error instanceof FencedError || (error instanceof GenerationAborted && error.why === 'fenced');
      if (!overtaken) throw error;
      this.logger.warn(`session ${sessionId}: attempt ${claim.attempt} was overtaken`);
      if (await this.sessions.exists(sessionId)) return;
      const gone = new AppError('NOT_FOUND', 'This chat was deleted.');
      await this.appendUnlessFenced(sessionId, claim.attempt, failure(gone));
    }
  }

  /** Ends the sessions that nobody finished in time, and tells whoever still waits for them. */
  async expireOverdue(): Promise<void> {
    for (const session of await this.sessions.expireOverdue()) {
      this.logger.warn(`session ${session.id} expired unfinished`);
      const event = failure(new AppError('SESSION_EXPIRED', 'Nobody could finish this reply in time.'));
      if (session.attempts > 0) await this.appendUnlessFenced(session.id, session.attempts, event);
      else await this.tokenStream.begin(session.id, 1, [event]);
    }
  }

  private async write(claim: Claim, signal: AbortSignal): Promise<void> {
    const { session, attempt } = claim;
    const restart: NewMessageEvent[] = attempt > 1 ? [{ type: 'restart', attempt, reason: 'INTERNAL' }] : [];
    await this.tokenStream.begin(session.id, attempt, restart);
    const writer = new ReplyWriter(claim, this.tokenStream, this.sessions, this.config.sessionTtlSeconds);
    try {
      if (claim.stopRequested) return await this.endWithSaved(claim, writer, undefined);
      if (claim.failedAttempts >= MAX_ATTEMPTS) {
        const error = new AppError('INTERNAL', 'The reply was begun several times and never finished.');
        return await this.endWithSaved(claim, writer, error);
      }
      await this.writeFromSource(claim, writer, AbortSignal.any([signal, writer.signal]));
    } finally {
      writer.close();
    }
  }

  private async writeFromSource(claim: Claim, writer: ReplyWriter, signal: AbortSignal): Promise<void> {
    let source: Source | undefined;
    try {
      source = await this.sourceFor(claim, signal);
      for await (const chunk of source.chunks) {
        await writer.push(chunk);
        signal.throwIfAborted();
      }
    } catch (error) {
      return this.endEarly(claim, writer, signal.aborted ? signal.reason : error);
    }
    const outcome = await writer.save({ status: 'COMPLETE', fromCache: source.fromCache });
    // Before the end is told: whoever asks the same on hearing it finds it in the cache.
    if (source.cacheKey) await this.cache.set(source.cacheKey, outcome);
    await writer.tell(done(claim));
  }

  private async endEarly(claim: Claim, writer: ReplyWriter, error: unknown): Promise<void> {
    if (error instanceof GenerationAborted) {
      if (error.why === 'stopped') {
        return this.endStopped(claim, writer);
      }
      if (error.why === 'handed-over') await writer.handOver();
      throw error;
    }
    // Anything else unknown is a fault of ours or of the machine's: the next attempt may do better.
    if (!(error instanceof AppError)) throw error;
    return this.endFailed(claim, writer, error);
  }

  /** Ends a reply that no model is asked for any more, with what earlier attempts had saved. */
  private async endWithSaved(claim: Claim, writer: ReplyWriter, error: AppError | undefined): Promise<void> {
    if (claim.savedReasoning) await writer.push({ type: 'reasoning', text: claim.savedReasoning });
    if (claim.savedContent) await writer.push({ type: 'text', text: claim.savedContent });
    return error ? this.endFailed(claim, writer, error) : this.endStopped(claim, writer);
  }

  private async endStopped(claim: Claim, writer: ReplyWriter): Promise<void> {
    await writer.save({ status: 'STOPPED', fromCache: false });
    await writer.tell(done(claim));
  }

  private async endFailed(claim: Claim, writer: ReplyWriter, error: AppError): Promise<void> {
    this.logFailure(claim, error);
    await writer.save({ status: 'FAILED', fromCache: false, errorCode: error.code });
    await writer.tell(failure(error));
  }

  /** The cache if it may answer and can, otherwise the model. The plan is asked before either. */
  private async sourceFor(claim: Claim, signal: AbortSignal): Promise<Source> {
    const { session } = claim;
    const model = this.models.require(claim.planId, session.modelId);
    const messages = conversationOf(await this.chats.branch(session.userMessageId));
    const cacheKey = this.cacheKey(claim, model, messages);
    const cached = cacheKey && session.cachePolicy === 'USE' ? await this.cache.get(cacheKey) : undefined;
    if (cached) return { chunks: chunksOf(cached), fromCache: true };
    return { chunks: this.generator.stream(model, { messages }, signal), fromCache: false, cacheKey };
  }

  private cacheKey(
    { session, userId }: Claim,
    model: CatalogModel,
    messages: Parameters<typeof responseCacheKey>[0]['messages'],
  ): string | undefined {
    const { scope } = this.config.responseCache;
    if (scope === 'off' || session.cachePolicy === 'BYPASS') return undefined;
    return responseCacheKey({ scope: scope === 'shared' ? 'shared' : userId, modelId: model.id, messages });
  }

  /** A worker that died between saving and telling leaves readers waiting; the job's next run tells them. */
  private async repairFinalEvent(sessionId: string): Promise<void> {
    const saved = await this.sessions.saved(sessionId);
    if (saved) await this.appendUnlessFenced(sessionId, saved.attempt, finalEventOf(saved.message));
  }

  private async appendUnlessFenced(
    sessionId: string,
    attempt: number,
    event: NewMessageEvent,
  ): Promise<void> {
    try {
      await this.tokenStream.append(sessionId, attempt, [event]);
    } catch (error) {
      if (!(error instanceof FencedError)) throw error;
    }
  }

  private logFailure({ session, attempt }: Claim, error: AppError): void {
    const line = `session ${session.id}, attempt ${attempt}, ${session.modelId}: ${error.code} ${error.message}`;
    if (ERROR_CODES[error.code].logLevel === 'error') this.logger.error(line, error.cause);
    else this.logger.warn(line);
  }
}

function done({ session }: Claim): NewMessageEvent {
  return { type: 'done', messageId: session.assistantMessageId };
}

function failure({ code, message, retryable }: AppError): NewMessageEvent {
  return { type: 'error', code, message, retryable };
}

function chunksOf({ reasoning, content, inputTokens, outputTokens }: CachedReply): GenerationChunk[] {
  const chunks: GenerationChunk[] = [];
  if (reasoning) chunks.push({ type: 'reasoning', text: reasoning });
  chunks.push({ type: 'text', text: content });
  if (inputTokens !== undefined && outputTokens !== undefined) {
    chunks.push({ type: 'usage', inputTokens, outputTokens });
  }
  return chunks;
}
