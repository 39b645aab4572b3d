import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Viewer } from '../accounts/viewer.js';
import { AccountBell } from '../bell/account-bell.js';
import { AppError } from '../errors/app-error.js';
import { Metrics } from '../metrics/metrics.js';
import { OpenByUser } from './open-by-user.js';
import { StreamRepository, type StreamEnd, type StreamKey } from './stream-repository.js';

/** How late a stream ends where nobody rang, in milliseconds: a bell may be lost, and time runs out in silence. */
const INTERVAL_MS = 3_000;

/** A stream that is being read. */
interface OpenStream extends StreamKey {
  /** Ends it with this error, as its last result. */
  end(error: AppError): void;
}

/**
 * The streams that this process has open. One ends when what it stands on is over: its token is revoked or has expired,
 * its user has signed out or is gone, its session's time has passed. Where the bell rings that is looked up at once, and
 * in any case every few seconds, for all streams in one statement; an event passes nothing of this.
 */
@Injectable()
export class OpenStreams implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(OpenStreams.name);
  readonly #open = new OpenByUser<OpenStream>(INTERVAL_MS, () => void this.round());
  /** Whose sessions were gone the last time. */
  #gone: ReadonlySet<OpenStream> = new Set();
  #away = false;
  #stopListening?: () => void;

  constructor(
    private readonly repository: StreamRepository,
    private readonly bell: AccountBell,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.#stopListening = this.bell.listen({
      changed: (userId) => void this.#look(this.#open.of(userId)),
      missed: () => void this.#look(this.#open.all()),
    });
  }

  onModuleDestroy(): void {
    this.#stopListening?.();
    this.#open.stop();
  }

  /** Watches over a stream until the returned function is called. */
  add(viewer: Viewer, sessionId: string | undefined, end: (error: AppError) => void): () => void {
    const stream: OpenStream = { access: viewer.access, sessionId, end };
    const remove = this.#open.add(viewer.id, stream);
    this.metrics.openStreams.inc();
    return () => {
      if (remove()) this.metrics.openStreams.dec();
    };
  }

  /** Looks at all that is open. Never rejects: where PostgreSQL is away, streams go on, and the next round tries again. */
  async round(): Promise<void> {
    const gone = await this.#look(this.#open.all());
    if (gone) this.#gone = gone;
  }

  /** Ends what must end. Returns the streams whose sessions are gone; undefined where it could not be found out. */
  async #look(streams: Iterable<OpenStream>): Promise<Set<OpenStream> | undefined> {
    const looked = [...streams];
    if (looked.length === 0) return new Set();
    try {
      const ends = await this.repository.ended(looked);
      this.#away = false;
      const gone = new Set<OpenStream>();
      for (const { index, end } of ends) {
        const stream = looked[index];
        if (!stream) continue;
        // Whoever wrote it may be about to tell its readers.
        if (end === 'session-gone' && !this.#gone.has(stream)) gone.add(stream);
        else stream.end(errorOf(end));
      }
      return gone;
    } catch (error) {
      if (!this.#away) this.logger.warn(`what streams stand on could not be looked up: ${String(error)}`);
      this.#away = true;
      return undefined;
    }
  }
}

function errorOf(end: StreamEnd): AppError {
  switch (end) {
    case 'access-over':
      return new AppError('UNAUTHENTICATED', 'You were signed out, or this API token counts no more.');
    case 'session-over':
      return new AppError('SESSION_EXPIRED', 'This session has expired. Its reply is in the chat history.');
    case 'session-gone':
      return new AppError('NOT_FOUND', 'This chat was deleted.');
    default:
      return end satisfies never;
  }
}
