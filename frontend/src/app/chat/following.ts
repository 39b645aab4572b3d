import { signal } from '@angular/core';
import type { Subscription } from 'rxjs';
import type { MessageEvent } from './message';
import type { ReplyFollower } from './reply-follower';

interface Listener {
  readonly event: (event: MessageEvent) => void;
  /** The stream is gone for good: what has been read is all that there is of it. */
  readonly gone: () => void;
}

/** The one reply that is being followed, and whether its line is down. */
export class Following {
  readonly #reconnecting = signal(false);
  #reading: Subscription | undefined;
  #sessionId: string | null = null;

  readonly reconnecting = this.#reconnecting.asReadonly();

  constructor(
    private readonly follower: ReplyFollower,
    private readonly listener: Listener,
  ) {}

  /** Whose reply is followed, or has been to its end; `null`: nobody's. */
  get sessionId(): string | null {
    return this.#sessionId;
  }

  /** Instead of whatever is followed. */
  begin(sessionId: string, after: number): void {
    this.end();
    this.#sessionId = sessionId;
    const steps = this.follower.follow(sessionId, after);
    this.#reading = steps.subscribe({
      next: (step) => {
        this.#reconnecting.set(step.type === 'cut');
        if (step.type === 'event') this.listener.event(step.event);
      },
      error: () => this.listener.gone(),
    });
  }

  end(): void {
    this.#reading?.unsubscribe();
    this.#reading = undefined;
    this.#sessionId = null;
    this.#reconnecting.set(false);
  }
}
