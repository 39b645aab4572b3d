import { Injectable, inject } from '@angular/core';
import { Observable, concat, defer, map, merge, race, retry, takeWhile, tap, throwError, timer } from 'rxjs';
import { Chance } from '../browser/chance';
import { Connectivity } from '../browser/connectivity';
import { Failure, type FailureCode } from '../graphql/failure';
import { ChatApi } from './chat-api';
import type { MessageEvent } from './message';

/** What following a reply tells: its events, and whether the line is up. */
export type FollowStep =
  | { readonly type: 'connected' }
  | { readonly type: 'cut' }
  | { readonly type: 'event'; readonly event: MessageEvent };

const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 10_000;
/** These say nothing about the reply, only about the way to it. */
const PASSING: readonly FailureCode[] = ['UNREACHABLE', 'INTERNAL', 'RATE_LIMITED'];

/** Reads a reply's stream to its end, over as many connections as that takes. */
@Injectable({ providedIn: 'root' })
export class ReplyFollower {
  readonly #api = inject(ChatApi);
  readonly #connectivity = inject(Connectivity);
  readonly #chance = inject(Chance);

  /** Completes after the final event; fails with the `Failure` that makes coming back pointless. */
  follow(sessionId: string, after: number): Observable<FollowStep> {
    return new Observable((out) => {
      let cursor = after;
      const connect = defer(() => this.#connection(sessionId, cursor, () => out.next({ type: 'connected' })));
      return connect
        .pipe(
          tap((event) => (cursor = event.sequence)),
          takeWhile((event) => !isFinal(event), true),
          retry({
            resetOnSuccess: true,
            delay: (error: unknown, attempt) => {
              if (!isPassing(error)) return throwError(() => error);
              out.next({ type: 'cut' });
              return race(timer(this.#pause(attempt, error)), this.#connectivity.worthTrying);
            },
          }),
          map((event): FollowStep => ({ type: 'event', event })),
        )
        .subscribe(out);
    });
  }

  #connection(sessionId: string, after: number, onConnected: () => void): Observable<MessageEvent> {
    return merge(
      // A server that shuts down may end the stream politely before the reply has ended.
      concat(this.#api.messageTokens(sessionId, after, onConnected), cut('The stream ended early.')),
      this.#connectivity.lost.pipe(
        map(() => {
          throw cutFailure('The network is gone.');
        }),
      ),
    );
  }

  /**
   * Doubles up to ten seconds, unless the server wants more; the jitter keeps a thousand pages from coming back in step.
   */
  #pause(attempt: number, { facts: { retryAfterMs = 0 } }: Failure): number {
    const ceiling = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
    return retryAfterMs + ceiling * (0.5 + this.#chance.fraction() / 2);
  }
}

function isFinal(event: MessageEvent): boolean {
  return event.__typename === 'DoneEvent' || event.__typename === 'ErrorEvent';
}

function isPassing(error: unknown): error is Failure {
  return error instanceof Failure && PASSING.includes(error.code);
}

function cutFailure(message: string): Failure {
  return new Failure('UNREACHABLE', message);
}

function cut(message: string): Observable<never> {
  return throwError(() => cutFailure(message));
}
