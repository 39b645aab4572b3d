import { Injectable, createEnvironmentInjector, inject, type EnvironmentInjector } from '@angular/core';
import type { TypedDocumentNode } from '@apollo/client';
import { ApolloLink } from '@apollo/client/link';
import { HttpLink } from '@apollo/client/link/http';
import { Apollo, provideApollo } from 'apollo-angular';
import { OperationTypeNode, parse } from 'graphql';
import { catchError, map, type Observable } from 'rxjs';
import { Failure } from './failure';
import type { Document, Transport, Variables } from './graphql-client';
import { NoCache } from './no-cache';
import { SseLink, type StreamContext } from './sse-link';
import { toFailure } from './to-failure';

/**
 * Apollo over two links: POST for queries and mutations, SSE for subscriptions. The stores own what the page knows, so
 * Apollo keeps no second copy of it; a message that is growing would otherwise be two truths.
 */
const APOLLO = provideApollo(() => ({
  cache: new NoCache(),
  link: ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    new SseLink({ url: '/graphql/stream' }),
    new HttpLink({ uri: '/graphql', credentials: 'same-origin' }),
  ),
  // Who asks again wants to know what has changed since, and not the answer that is on its way.
  queryDeduplication: false,
  defaultOptions: { query: { fetchPolicy: 'no-cache' }, mutate: { fetchPolicy: 'no-cache' } },
  devtools: { enabled: false },
}));

/** Apollo, narrowed to what `GraphqlClient` needs. */
@Injectable()
class ApolloTransport implements Transport {
  readonly #apollo = inject(Apollo);
  readonly #parsed = new Map<string, TypedDocumentNode>();

  query<T, V extends Variables>(document: Document<T, V>, variables: V): Promise<T> {
    return settle(this.#apollo.client.query<T, Variables>({ query: this.#parse(document), variables }));
  }

  mutate<T, V extends Variables>(document: Document<T, V>, variables: V, keepalive: boolean): Promise<T> {
    const context = { fetchOptions: { keepalive } };
    const mutation = this.#parse(document);
    return settle(this.#apollo.client.mutate<T, Variables>({ mutation, variables, context }));
  }

  subscribe<T, V extends Variables>(
    document: Document<T, V>,
    variables: V,
    context: StreamContext,
  ): Observable<T> {
    const query = this.#parse(document);
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

  /** Apollo knows a document by its tree, and must get the same one again. */
  #parse<T, V>(document: Document<T, V>): TypedDocumentNode<T, Variables> {
    const text = document.toString();
    let parsed = this.#parsed.get(text);
    if (!parsed) this.#parsed.set(text, (parsed = parse(text, { noLocation: true })));
    return parsed as TypedDocumentNode<T, Variables>;
  }
}

/** The page's one way to the server. */
export function createTransport(injector: EnvironmentInjector): Transport {
  return createEnvironmentInjector([APOLLO, ApolloTransport], injector).get(ApolloTransport);
}

async function settle<T>(answer: Promise<{ data?: T | undefined }>): Promise<T> {
  try {
    return present((await answer).data);
  } catch (error) {
    throw toFailure(error);
  }
}

function present<T>(data: T | undefined): T {
  if (data === undefined) throw new Failure('INTERNAL', 'The server answered without data.');
  return data;
}
