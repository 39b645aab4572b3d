import { Injectable, inject } from '@angular/core';
import { type Observable, concat, defer, map, merge, race, retry, throwError, timer } from 'rxjs';
import { Chance } from './chance';
import { Connectivity } from './connectivity';
import { Failure, type FailureCode } from '../graphql/failure';

const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 10_000;
/** These say nothing about the stream, only about the way to it. */
const PASSING: readonly FailureCode[] = ['UNREACHABLE', 'INTERNAL', 'RATE_LIMITED'];

/** Reads a stream over as many connections as that takes. */
@Injectable({ providedIn: 'root' })
export class ComingBack {
  readonly #connectivity = inject(Connectivity);
  readonly #chance = inject(Chance);

  /**
   * `connect` goes on where the last connection left off; a connection that ends was cut. Fails with the `Failure` that
   * makes coming back pointless.
   */
  follow<T>(connect: () => Observable<T>, onCut: () => void = () => undefined): Observable<T> {
    return defer(() => this.#connection(connect())).pipe(
      retry({
        resetOnSuccess: true,
        delay: (error: unknown, attempt) => {
          if (!isPassing(error)) return throwError(() => error);
          onCut();
          return race(timer(this.#pause(attempt, error)), this.#connectivity.worthTrying);
        },
      }),
    );
  }

  #connection<T>(stream: Observable<T>): Observable<T> {
    return merge(
      // A server that shuts down may end the stream politely before its time.
      concat(
        stream,
        throwError(() => cut('The stream ended early.')),
      ),
      this.#connectivity.lost.pipe(
        map(() => {
          throw cut('The network is gone.');
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

function isPassing(error: unknown): error is Failure {
  return error instanceof Failure && PASSING.includes(error.code);
}

function cut(message: string): Failure {
  return new Failure('UNREACHABLE', message);
}
