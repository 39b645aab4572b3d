import { SESSION_STATUSES, isEnded, type ChatSession } from '../chat-session.js';
import {
  SessionRepository,
  type Claim,
  type HeldSession,
  type Renewal,
  type ReplyContent,
  type ReplyOutcome,
} from '../session-repository.js';

/** One session in memory, with the fence of the real repository: its newest attempt alone may write. */
export class FakeSessions extends SessionRepository {
  session: ChatSession;
  stopRequested = false;
  deleted = false;
  /** Whether the database cannot be reached; `renew` alone minds. */
  away = false;
  handovers = 0;
  branch: Claim['branch'] = [{ role: 'USER', content: 'Say hello', attachments: [] }];
  untitled = false;
  continued: Claim['continued'];
  settings: Pick<Claim, 'systemPrompt' | 'temperature'> = { systemPrompt: null, temperature: null };
  readonly outcomes: ReplyOutcome[] = [];
  partial: ReplyContent = { content: '', reasoning: '' };

  constructor(overrides: Partial<ChatSession> = {}) {
    super();
    this.session = {
      ...{ id: 'session', chatId: 'chat', userMessageId: 'prompt', assistantMessageId: 'reply' },
      ...{
        modelId: 'test/model',
        status: SESSION_STATUSES[0],
        attempts: 0,
        cachePolicy: 'USE',
        expired: false,
        companion: false,
      },
      ...{ createdAt: new Date(0), expiresAt: new Date(1) },
      ...overrides,
    };
  }

  override claim(): Promise<Claim | undefined> {
    if (isEnded(this.session.status)) return Promise.resolve(undefined);
    const attempt = this.session.attempts + 1;
    this.session = { ...this.session, attempts: attempt, status: 'STREAMING' };
    return Promise.resolve({
      ...{
        session: this.session,
        userId: 'user',
        planId: null,
        isAdmin: false,
        attempt,
        stopRequested: this.stopRequested,
      },
      branch: this.branch,
      continued: this.continued,
      ...this.settings,
      untitled: this.untitled,
      failedAttempts: attempt - 1 - this.handovers,
      ...{ savedContent: this.partial.content, savedReasoning: this.partial.reasoning },
    });
  }

  override renew(held: readonly HeldSession[]): Promise<Renewal[]> {
    if (this.away) return Promise.reject(new Error('away'));
    return Promise.resolve(
      held.map(({ attempt }) => {
        if (!this.#mayWrite(attempt)) return 'lost';
        return this.stopRequested ? 'stop-requested' : 'renewed';
      }),
    );
  }

  override savePartial({ attempt }: HeldSession, reply: ReplyContent): Promise<void> {
    if (this.#mayWrite(attempt)) this.partial = reply;
    return Promise.resolve();
  }

  override handOver(_id: string, attempt: number, reply: ReplyContent): Promise<void> {
    if (this.#mayWrite(attempt)) {
      this.handovers += 1;
      this.partial = reply;
    }
    return Promise.resolve();
  }

  override finish(_id: string, attempt: number, outcome: ReplyOutcome): Promise<boolean> {
    if (!this.#mayWrite(attempt)) return Promise.resolve(false);
    this.outcomes.push(outcome);
    this.session = { ...this.session, status: outcome.status };
    return Promise.resolve(true);
  }

  override keepStopped(_messageId: string, reply: ReplyContent): Promise<void> {
    this.partial = reply;
    return Promise.resolve();
  }

  override standing(_id: string, attempt: number): Promise<'held' | 'overtaken' | 'gone'> {
    if (this.deleted) return Promise.resolve('gone');
    return Promise.resolve(this.#mayWrite(attempt) ? 'held' : 'overtaken');
  }

  override saved: SessionRepository['saved'] = () => {
    const outcome = this.outcomes.at(-1);
    if (!outcome) return Promise.resolve(undefined);
    return Promise.resolve({
      attempt: this.session.attempts,
      message: {
        ...{ id: 'reply', chatId: 'chat', parentId: 'prompt', role: 'ASSISTANT', createdAt: new Date(0) },
        ...{ modelId: 'test/model', inputTokens: null, outputTokens: null, timeToFirstTokenMs: null },
        ...{ ...outcome, errorCode: outcome.errorCode ?? null },
      } as never,
    });
  };

  override expireOverdue(): Promise<ChatSession[]> {
    if (!this.session.expired || isEnded(this.session.status)) return Promise.resolve([]);
    this.session = { ...this.session, status: 'EXPIRED' };
    return Promise.resolve([this.session]);
  }

  override start = this.#unused;
  override regenerate = this.#unused;
  override compare = this.#unused;
  override continue = this.#unused;
  override find = this.#unused;
  override active = this.#unused;
  override requestStop = this.#unused;
  override unattended = this.#unused;

  #unused(): Promise<never> {
    return Promise.reject(new Error('not part of this fake'));
  }

  #mayWrite(attempt: number): boolean {
    return !this.deleted && attempt === this.session.attempts && this.session.status === 'STREAMING';
  }
}
