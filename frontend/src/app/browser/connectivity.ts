import { DOCUMENT, Injectable, inject, signal } from '@angular/core';
import { filter, fromEvent, merge, type Observable } from 'rxjs';
import { GraphqlClient } from '../graphql/graphql-client';

/** What is known about the way to the server, and about being looked at. */
@Injectable({ providedIn: 'root' })
export class Connectivity {
  readonly #document = inject(DOCUMENT);
  readonly #window = this.#document.defaultView ?? window;
  readonly #online = signal(this.#window.navigator.onLine);

  readonly #visible = signal(this.#document.visibilityState === 'visible');

  /** Whether the server may be reached. One on the reader's own machine can be without any network. */
  readonly online = this.#online.asReadonly();
  /** Whether somebody may be looking at the page. */
  readonly visible = this.#visible.asReadonly();

  /** The network is gone: open connections are dead, though nothing may ever say so. */
  readonly lost: Observable<Event> = fromEvent(this.#window, 'offline');

  /** A good moment to try again at once: the network is back, or somebody looks at the page again. */
  readonly worthTrying: Observable<Event> = merge(
    fromEvent(this.#window, 'online'),
    fromEvent(this.#document, 'visibilitychange').pipe(
      filter(() => this.#document.visibilityState === 'visible'),
    ),
  );

  /** The page is put away; it may never come back. */
  readonly hidden: Observable<Event> = merge(
    fromEvent(this.#window, 'pagehide'),
    fromEvent(this.#document, 'visibilitychange').pipe(
      filter(() => this.#document.visibilityState === 'hidden'),
    ),
  );

  constructor() {
    merge(fromEvent(this.#window, 'online'), inject(GraphqlClient).answered).subscribe(() =>
      this.#online.set(true),
    );
    this.lost.subscribe(() => this.#online.set(false));
    fromEvent(this.#document, 'visibilitychange').subscribe(() =>
      this.#visible.set(this.#document.visibilityState === 'visible'),
    );
  }
}
