import type { Provider } from '@angular/core';
import { ApolloLink } from '@apollo/client/link';
import { HttpLink } from '@apollo/client/link/http';
import { provideApollo } from 'apollo-angular';
import { OperationTypeNode } from 'graphql';
import { NoCache } from './no-cache';
import { SseLink } from './sse-link';

/**
 * Apollo over two links: POST for queries and mutations, SSE for subscriptions. The stores own what the page knows, so
 * Apollo keeps no second copy of it; a message that is growing would otherwise be two truths.
 */
export function provideGraphql(): Provider {
  return provideApollo(() => ({
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
}
