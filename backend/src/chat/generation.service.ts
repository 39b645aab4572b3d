import { Injectable, Logger } from '@nestjs/common';
import { ChatBell } from '../bell/chat-bell.js';
import { AppConfig } from '../config/app-config.js';
import { AppError } from '../errors/app-error.js';
import { ERROR_CODES } from '../errors/error-code.js';
import { Metrics } from '../metrics/metrics.js';
import type { NewMessageEvent } from '../streaming/message-event.js';
import { FencedError, TokenStream } from '../streaming/token-stream.js';
import { ChatTitles } from './chat-titles.js';
import { LeaderLost } from './followed-reply.js';
import { GenerationAborted } from './generation-aborted.js';
import { Renewals } from './renewals.js';
import { ReplySources, type ReplySource } from './reply-sources.js';
import { ReplyWriter } from './reply-writer.js';
import { retold } from './saved-events.js';
import { SessionRepository, type Claim, type ReplyContent, type ReplyOutcome } from './session-repository.js';

/** How many attempts may fail for reasons of ours (a worker that died) before a reply is given up. */
export const MAX_ATTEMPTS = 3;

/** Attempts that event numbers leave room for, those that were handed over included. */
const MAX_NUMBERED_ATTEMPTS = 120;

/** Makes replies. Nothing else writes tokens or ends a session. */
@Injectable()
export class GenerationService {
  private readonly logger = new Logger(GenerationService.name);

  constructor(
    private readonly sessions: SessionRepository,
    private readonly sources: ReplySources,
    private readonly renewals: Renewals,
    private readonly titles: ChatTitles,
    private readonly tokenStream: TokenStream,
    private readonly metrics: Metrics,
    private readonly bell: ChatBell,
    private readonly config: AppConfig,
  ) {}

  /**
   * Makes the reply of one session, from its claim to its final event. `signal` aborts with `GenerationAborted`.
   * Rejects only where another attempt shall be made (handed over, database or Redis away).
   */
  async generate(sessionId: string, signal: AbortSignal): Promise<void> {
    while (!(await this.attempt(sessionId, signal)));
  }

  /** Ends the sessions that nobody finished in time, and tells whoever still waits for them. */
  async expireOverdue(): Promise<void> {
    for (const session of await this.sessions.expireOverdue()) {
      this.logger.warn(`session ${session.id} expired unfinished`);
      const event = failure(new AppError('SESSION_EXPIRED', 'Nobody could finish this reply in time.'));
      if (session.attempts > 0)
        await unlessFenced(this.tokenStream.append(session.id, session.attempts, [event]));
      else await this.tokenStream.begin(session.id, 1, [event]);
    }
  }

  /** Makes one attempt. False: it has to be made again, at once. */
  private async attempt(sessionId: string, signal: AbortSignal): Promise<boolean> {
    const claim = await this.sessions.claim(sessionId);
    if (!claim) {
      await this.tellSaved(sessionId);
      return true;
    }
    if (claim.attempt > 1) this.metrics.restartedReplies.inc();
    this.metrics.runningReplies.inc();
    try {
      return await this.write(claim, signal);
    } finally {
      this.metrics.runningReplies.dec();
      // After its end was told: whoever follows the reply hears of that first.
      this.bell.ring(claim.userId);
    }
  }

  /** Finds out why an attempt may not write any more, and whether to make another. */
  private async afterFence({ session, attempt }: Claim, appended: ReplyContent): Promise<boolean> {
    const { id: sessionId, assistantMessageId } = session;
    const standing = await this.sessions.standing(sessionId, attempt);
    this.logger.warn(`session ${sessionId}, attempt ${attempt} was refused by the log: ${standing}`);
    if (standing === 'gone') {
      // The chat may be restored, with all that was seen of it.
      await this.sessions.keepStopped(assistantMessageId, appended);
      const gone = new AppError('NOT_FOUND', 'This chat was deleted.');
      await unlessFenced(this.tokenStream.append(sessionId, attempt, [failure(gone)]));
    }
    if (standing === 'overtaken') await this.tellSaved(sessionId);
    // Still ours: the log itself was lost, and the reply starts over in a new one.
    return standing !== 'held';
  }

  /** False: another attempt has to be made, at once. */
  private async write(claim: Claim, signal: AbortSignal): Promise<boolean> {
    const { tokenStream, sessions, renewals } = this;
    const { sessionTtlSeconds } = this.config;
    const writer = new ReplyWriter(claim, tokenStream, sessions, sessionTtlSeconds, signal, renewals);
    try {
      await this.writeWhatIsDue(claim, writer);
      return true;
    } catch (error) {
      if (error instanceof LeaderLost) return false;
      const fenced =
        error instanceof FencedError || (error instanceof GenerationAborted && error.why === 'fenced');
      if (!fenced) throw error;
      return await this.afterFence(claim, writer.appended);
    } finally {
      writer.close();
    }
  }

  private async writeWhatIsDue(claim: Claim, writer: ReplyWriter): Promise<void> {
    if (claim.stopRequested) return this.endWithSaved(claim, writer, undefined);
    if (claim.failedAttempts >= MAX_ATTEMPTS || claim.attempt >= MAX_NUMBERED_ATTEMPTS) {
      const error = new AppError('INTERNAL', 'The reply was begun several times and never finished.');
      return this.endWithSaved(claim, writer, error);
    }
    return this.writeFromSource(claim, writer);
  }

  private async writeFromSource(claim: Claim, writer: ReplyWriter): Promise<void> {
    const { signal } = writer;
    let source: ReplySource | undefined;
    let outcome: ReplyOutcome;
    try {
      if (claim.continued) await writer.repeat(claim.continued);
      source = await this.sources.open(claim, signal);
      await source.stream((chunk) => writer.push(chunk));
      signal.throwIfAborted();
      outcome = await writer.save({ status: 'COMPLETE', fromCache: source.fromCache });
      // Before the end is told: whoever asks the same on hearing it finds it in the cache.
      await source.keep(outcome);
      this.metrics.endedReplies.inc({ status: 'COMPLETE', code: '' });
    } catch (error) {
      return await this.endEarly(claim, writer, signal.aborted ? signal.reason : error);
    } finally {
      await source?.close();
    }
    await writer.tell(done(claim, 'COMPLETE'));
    this.titles.begin(claim, outcome.content);
  }

  private async endEarly(claim: Claim, writer: ReplyWriter, error: unknown): Promise<void> {
    if (error instanceof GenerationAborted) {
      if (error.why === 'stopped') {
        return this.endStopped(claim, writer);
      }
      if (error.why === 'handed-over') await writer.handOver();
      throw error;
    }
    if (error instanceof LeaderLost) {
      await writer.handOver();
      throw error;
    }
    // Anything else unknown is a fault of ours or of the machine's: the next attempt may do better.
    if (!(error instanceof AppError)) throw error;
    return this.endFailed(claim, writer, error);
  }

  /** Ends a reply that no model is asked for any more, with what earlier attempts had saved. */
  private async endWithSaved(claim: Claim, writer: ReplyWriter, error: AppError | undefined): Promise<void> {
    await writer.repeat({ content: claim.savedContent, reasoning: claim.savedReasoning });
    return error ? this.endFailed(claim, writer, error) : this.endStopped(claim, writer);
  }

  private async endStopped(claim: Claim, writer: ReplyWriter): Promise<void> {
    await writer.save({ status: 'STOPPED', fromCache: false });
    this.metrics.endedReplies.inc({ status: 'STOPPED', code: '' });
    await writer.tell(done(claim, 'STOPPED'));
  }

  private async endFailed(claim: Claim, writer: ReplyWriter, error: AppError): Promise<void> {
    this.logFailure(claim, error);
    await writer.save({ status: 'FAILED', fromCache: false, errorCode: error.code });
    this.metrics.endedReplies.inc({ status: 'FAILED', code: error.code });
    await writer.tell(failure(error));
  }

  /** A worker that died, or a log that was lost, between saving and telling leaves readers waiting: they are told. */
  private async tellSaved(sessionId: string): Promise<void> {
    const saved = await this.sessions.saved(sessionId);
    if (!saved) return;
    const { attempt, message } = saved;
    if (await this.tokenStream.hasEnded(sessionId)) return;
    // In a log of its own: the one that there is may lack what readers have seen, and give the end a number of theirs.
    await unlessFenced(this.tokenStream.begin(sessionId, attempt + 1, retold(message, attempt + 1)));
  }

  private logFailure({ session, attempt }: Claim, error: AppError): void {
    const line = `session ${session.id}, attempt ${attempt}, ${session.modelId}: ${error.code} ${error.message}`;
    if (ERROR_CODES[error.code].logLevel === 'error') this.logger.error(line, error.cause);
    else this.logger.warn(line);
  }
}

/** Whoever wrote first has told it. */
async function unlessFenced(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof FencedError)) throw error;
  }
}

function done({ session }: Claim, status: 'COMPLETE' | 'STOPPED'): NewMessageEvent {
  return { type: 'done', messageId: session.assistantMessageId, status };
}

function failure({ code, message, retryable, retryAfterMs }: AppError): NewMessageEvent {
  return { type: 'error', code, message, retryable, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
