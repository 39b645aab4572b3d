import { Injectable, inject } from '@angular/core';
import type { TypedDocumentNode } from '@apollo/client';
import { Apollo } from 'apollo-angular';
import { catchError, map, type Observable } from 'rxjs';
import { Failure } from './failure';
import type { StreamContext } from './sse-link';
import { toFailure } from './to-failure';

type Variables = Record<string, unknown>;

/** Apollo, narrowed to what the api files need: plain data out, `Failure` and nothing else thrown. */
@Injectable({ providedIn: 'root' })
export class GraphqlClient {
  readonly #apollo = inject(Apollo);

  async query<T, V extends Variables>(query: TypedDocumentNode<T, V>, variables: V): Promise<T> {
    return this.#settle(this.#apollo.client.query<T, Variables>({ query, variables }));
  }

  async mutate<T, V extends Variables>(mutation: TypedDocumentNode<T, V>, variables: V): Promise<T> {
    return this.#settle(this.#apollo.client.mutate<T, Variables>({ mutation, variables }));
  }

  /** For what must leave the page even while it is being closed. */
  async mutateOnTheWayOut<T, V extends Variables>(
    mutation: TypedDocumentNode<T, V>,
    variables: V,
  ): Promise<T> {
    const context = { fetchOptions: { keepalive: true } };
    return this.#settle(this.#apollo.client.mutate<T, Variables>({ mutation, variables, context }));
  }

  subscribe<T, V extends Variables>(
    query: TypedDocumentNode<T, V>,
    variables: V,
    context: StreamContext,
  ): Observable<T> {
    return this.#apollo
      .subscribe<T, Variables>({ query, variables, context: { ...context }, fetchPolicy: 'no-cache' })
      .pipe(
        map(({ data, error }) => {
          if (error) throw toFailure(error);
          return present(data);
        }),
        catchError((error: unknown) => {
          throw toFailure(error);
        }),
      );
  }

  async #settle<T>(answer: Promise<{ data?: T | undefined }>): Promise<T> {
    try {
      return present((await answer).data);
    } catch (error) {
      throw toFailure(error);
    }
  }
}

function present<T>(data: T | undefined): T {
  if (data === undefined) throw new Failure('INTERNAL', 'The server answered without data.');
  return data;
}
