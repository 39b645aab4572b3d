import { EnvironmentInjector, Injectable, inject } from '@angular/core';
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { Subject, defer, switchMap, type Observable } from 'rxjs';
import { nextTask } from '../browser/next-task';
import { quietMoment } from '../browser/quiet-moment';
import { takeEarly } from './early-answers';
import { Failure } from './failure';
import type { StreamContext } from './sse-link';

/** What an operation may be asked with. */
export type Variables = Record<string, unknown>;
/** The text of an operation that is asked with `V`, and answered by `T`. */
export type Document<T, V> = DocumentTypeDecoration<T, V> & { toString(): string };

/** Plain data out; throws `Failure` and nothing else. */
export interface Transport {
  query<T, V extends Variables>(document: Document<T, V>, variables: V): Promise<T>;
  /** With `keepalive`, it leaves the page even while that is being closed. */
  mutate<T, V extends Variables>(document: Document<T, V>, variables: V, keepalive: boolean): Promise<T>;
  subscribe<T, V extends Variables>(
    document: Document<T, V>,
    variables: V,
    context: StreamContext,
  ): Observable<T>;
}

/** What the api files talk through. Apollo begins when the page has a moment for it: what is seen first was asked for already. */
@Injectable({ providedIn: 'root' })
export class GraphqlClient {
  readonly #injector = inject(EnvironmentInjector);
  readonly #answered = new Subject<void>();
  #transport: Promise<Transport> | null = null;

  /** The server has done as it was asked, or accepted a subscription: it can be reached. */
  readonly answered: Observable<void> = this.#answered;

  async query<T, V extends Variables>(document: Document<T, V>, variables: V): Promise<T> {
    return this.#noted(this.#query(document, variables));
  }

  async mutate<T, V extends Variables>(document: Document<T, V>, variables: V): Promise<T> {
    return this.#noted((await this.#loaded()).mutate(document, variables, false));
  }

  /** For what must leave the page even while it is being closed. */
  async mutateOnTheWayOut<T, V extends Variables>(document: Document<T, V>, variables: V): Promise<T> {
    return this.#noted((await this.#loaded()).mutate(document, variables, true));
  }

  subscribe<T, V extends Variables>(
    document: Document<T, V>,
    variables: V,
    context: StreamContext,
  ): Observable<T> {
    const onConnected = (): void => {
      this.#answered.next();
      context.onConnected?.();
    };
    return defer(() => this.#loaded()).pipe(
      switchMap((transport) => transport.subscribe(document, variables, { onConnected })),
    );
  }

  async #query<T, V extends Variables>(document: Document<T, V>, variables: V): Promise<T> {
    const early = await takeEarly(document, variables);
    if (early === null) return (await this.#loaded()).query(document, variables);
    // What is asked next needs it. Where it does not come, `PageErrorHandler` hears of it.
    void this.#loaded();
    return early;
  }

  async #noted<T>(answer: Promise<T>): Promise<T> {
    const data = await answer;
    this.#answered.next();
    return data;
  }

  #loaded(): Promise<Transport> {
    return (this.#transport ??= this.#load());
  }

  async #load(): Promise<Transport> {
    await quietMoment();
    const { createTransport } = await import('./apollo-transport').catch((error: unknown) => {
      // What a browser says of a file that it cannot fetch.
      if (error instanceof TypeError) throw new Failure('UNLOADED', error.message, {}, { cause: error });
      throw error;
    });
    // Each of the three keeps the page busy for a while: reading the script, beginning, and asking all that waits.
    await nextTask();
    const transport = createTransport(this.#injector);
    await nextTask();
    return transport;
  }
}
