import { Injectable, Logger } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { GenerationAborted } from './generation-aborted.js';
import { SessionRepository, type HeldSession, type ReplyContent } from './session-repository.js';

/** How often sessions are kept alive, and how late a stop is heard that came by the database alone, in milliseconds. */
const INTERVAL_MS = 2000;

/**
 * Every how many rounds a reply on its way is saved: every 10 s. Readers have its log; what is saved is shown only where
 * a reply is given up after its last worker died, and then lacks what came since.
 */
const ROUNDS_A_SAVE = 5;

/** An attempt that this process makes. */
export interface RunningReply extends HeldSession {
  /** What readers have been shown so far. */
  readonly appended: ReplyContent;
  /** Ends it: it may no longer write, or a stop came. */
  abort(reason: GenerationAborted): void;
}

/** Keeps the sessions alive whose replies are written in this process, all in one statement. */
@Injectable()
export class Renewals {
  private readonly logger = new Logger(Renewals.name);
  /** With how many rounds each has seen. */
  readonly #running = new Map<RunningReply, number>();
  #timer?: NodeJS.Timeout;

  constructor(
    private readonly sessions: SessionRepository,
    private readonly config: AppConfig,
  ) {}

  /** Renews the session of `reply` until the returned function is called. */
  keep(reply: RunningReply): () => void {
    this.#running.set(reply, 0);
    this.#timer ??= setInterval(() => void this.round(), INTERVAL_MS);
    return () => {
      this.#running.delete(reply);
      if (this.#running.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  /** One round. Never rejects: where PostgreSQL is away, replies go on, and the next round tries again. */
  async round(): Promise<void> {
    const replies = [...this.#running.keys()];
    try {
      const renewals = await this.sessions.renew(replies, this.config.sessionTtlSeconds);
      renewals.forEach((renewal, index) => {
        if (renewal === 'lost') replies[index]?.abort(new GenerationAborted('fenced'));
        if (renewal === 'stop-requested') replies[index]?.abort(new GenerationAborted('stopped'));
      });
      for (const reply of replies) await this.#count(reply);
    } catch (error) {
      this.logger.warn(`${replies.length} sessions could not be renewed: ${String(error)}`);
    }
  }

  async #count(reply: RunningReply): Promise<void> {
    const rounds = this.#running.get(reply);
    // It ended meanwhile.
    if (rounds === undefined) return;
    this.#running.set(reply, rounds + 1);
    if ((rounds + 1) % ROUNDS_A_SAVE === 0) await this.sessions.savePartial(reply, reply.appended);
  }
}
