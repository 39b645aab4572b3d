import type { ChannelSubscription, RedisSubscriber } from '../redis/redis-subscriber.js';
import type { RedisFollower } from './redis-follower.js';
import { decodeMessage } from './redis-message.js';
import { LOOK_CHANNEL, READERS_PREFIX } from './redis-names.js';

interface FollowedSession {
  readonly followers: Set<RedisFollower>;
  /** Whether anything was heard of it since silence was last looked for. */
  heard: boolean;
}

/** A session of which nothing was heard for so long, or up to twice so long, is looked at, in milliseconds. */
export const SILENCE_MS = 3_000;

/**
 * The sessions that this process follows. One channel tells it what is appended to those whose writers know of it, another
 * one which sessions to look at: they may be waited for, or have another log than the one that was read.
 */
export class FollowedSessions {
  readonly #sessions = new Map<string, FollowedSession>();
  #listening?: Promise<void>;
  #silence?: NodeJS.Timeout;

  /** @param readerId names this process among all that read. */
  constructor(
    private readonly subscriber: RedisSubscriber,
    private readonly readerId: string,
    private readonly silenceMs: number,
  ) {}

  /** How many sessions are followed. */
  get size(): number {
    return this.#sessions.size;
  }

  /** Settles when the channels are heard. */
  enter(sessionId: string, follower: RedisFollower): Promise<void> {
    const session = this.#sessions.get(sessionId) ?? { followers: new Set(), heard: true };
    session.followers.add(follower);
    this.#sessions.set(sessionId, session);
    this.#silence ??= setInterval(() => this.#lookAtSilent(), this.silenceMs).unref();
    return (this.#listening ??= this.#listen());
  }

  /** Whether it was the session's last follower. */
  leave(sessionId: string, follower: RedisFollower): boolean {
    const session = this.#sessions.get(sessionId);
    if (!session?.followers.delete(follower) || session.followers.size > 0) return false;
    this.#sessions.delete(sessionId);
    if (this.#sessions.size === 0) {
      clearInterval(this.#silence);
      this.#silence = undefined;
    }
    return true;
  }

  /** Once listened to, the channels are kept: a process that has had readers will have others. */
  async #listen(): Promise<void> {
    const subscriptions: ChannelSubscription[] = [
      this.subscriber.listen(READERS_PREFIX + this.readerId, {
        message: (text) => this.#tell(text),
        resubscribed: () => this.#lookAt(this.#sessions.values()),
      }),
      this.subscriber.listen(LOOK_CHANNEL, {
        message: (text) => this.#lookAtOne(text),
        // The other channel came back with this one.
        resubscribed: () => undefined,
      }),
    ];
    try {
      await Promise.all(subscriptions.map(({ confirmed }) => confirmed));
    } catch (error) {
      // Redis is away: the next follower tries anew.
      for (const subscription of subscriptions) subscription.leave();
      this.#listening = undefined;
      throw error;
    }
  }

  #tell(text: string): void {
    for (const run of decodeMessage(text)) {
      const session = this.#sessions.get(run.sessionId);
      if (!session) continue;
      session.heard = true;
      for (const follower of session.followers) follower.deliver(run);
    }
  }

  #lookAtOne(text: string): void {
    const [sessionId = '', attempt] = text.split(' ', 2);
    const session = this.#sessions.get(sessionId);
    if (session) this.#lookAt([session], attempt === undefined ? undefined : Number(attempt));
  }

  #lookAtSilent(): void {
    const sessions = [...this.#sessions.values()];
    this.#lookAt(sessions.filter(({ heard }) => !heard));
    for (const session of sessions) session.heard = false;
  }

  #lookAt(sessions: Iterable<FollowedSession>, attempt?: number): void {
    for (const { followers } of sessions) for (const follower of followers) void follower.look(attempt);
  }
}
