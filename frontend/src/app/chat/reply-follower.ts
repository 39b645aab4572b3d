import { Injectable, inject } from '@angular/core';
import { Observable, map, takeWhile, tap } from 'rxjs';
import { ComingBack } from '../browser/coming-back';
import { ChatApi } from './chat-api';
import type { MessageEvent } from './message';

/** What following a reply tells: its events, and whether the line is up. */
export type FollowStep =
  | { readonly type: 'connected' }
  | { readonly type: 'cut' }
  | { readonly type: 'event'; readonly event: MessageEvent };

/** Reads a reply's stream to its end, over as many connections as that takes. */
@Injectable({ providedIn: 'root' })
export class ReplyFollower {
  readonly #api = inject(ChatApi);
  readonly #comingBack = inject(ComingBack);

  /** Completes after the final event; fails with the `Failure` that makes coming back pointless. */
  follow(sessionId: string, after: number): Observable<FollowStep> {
    return new Observable((out) => {
      let cursor = after;
      const connect = () => this.#api.messageTokens(sessionId, cursor, () => out.next({ type: 'connected' }));
      return this.#comingBack
        .follow(connect, () => out.next({ type: 'cut' }))
        .pipe(
          tap((event) => (cursor = event.sequence)),
          takeWhile((event) => !isFinal(event), true),
          map((event): FollowStep => ({ type: 'event', event })),
        )
        .subscribe(out);
    });
  }
}

function isFinal(event: MessageEvent): boolean {
  return event.__typename === 'DoneEvent' || event.__typename === 'ErrorEvent';
}
