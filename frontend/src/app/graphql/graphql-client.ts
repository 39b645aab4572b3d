import { EnvironmentInjector, Injectable, inject } from '@angular/core';
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { Subject, defer, switchMap, type Observable } from 'rxjs';
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

/** What the api files talk through. Apollo begins when the page has been painted: what is seen first asks for nothing. */
@Injectable({ providedIn: 'root' })
export class GraphqlClient {
  readonly #injector = inject(EnvironmentInjector);
  readonly #answered = new Subject<void>();
  #transport: Promise<Transport> | null = null;

  /** The server has done as it was asked, or accepted a subscription: it can be reached. */
  readonly answered: Observable<void> = this.#answered;

  async query<T, V extends Variables>(document: Document<T, V>, variables: V): Promise<T> {
    return this.#noted((await this.#loaded()).query(document, variables));
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

  async #noted<T>(answer: Promise<T>): Promise<T> {
    const data = await answer;
    this.#answered.next();
    return data;
  }

  #loaded(): Promise<Transport> {
    return (this.#transport ??= this.#load());
  }

  async #load(): Promise<Transport> {
    await painted();
    const { createTransport } = await import('./apollo-transport').catch((error: unknown) => {
      // What a browser says of a file that it cannot fetch.
      if (error instanceof TypeError) throw new Failure('UNLOADED', error.message, {}, { cause: error });
      throw error;
    });
    return createTransport(this.#injector);
  }
}

/** Milliseconds; no frame takes longer, where any is shown at all. */
const LONGEST_FRAME = 100;

/** Until the browser has painted what is there. A page that nobody looks at is not painted, and goes on as well. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, LONGEST_FRAME);
  });
}
