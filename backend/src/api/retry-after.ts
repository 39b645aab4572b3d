import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';

/** How long to wait, as HTTP's Retry-After has it: in whole seconds. */
export function retryAfter(milliseconds: number): string {
  return Math.ceil(milliseconds / 1000).toString();
}

/** Tells who was refused by an operation that was executed when to come back, as it is told who was not let in. */
export const RETRY_AFTER: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ response: { body, http } }) {
        const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
        const longest = Math.max(...errors.map(waitOf));
        if (longest > 0) http.headers.set('retry-after', retryAfter(longest));
        return Promise.resolve();
      },
    }),
};

function waitOf({ extensions }: GraphQLFormattedError): number {
  const wait = extensions?.['code'] === 'RATE_LIMITED' ? extensions['retryAfterMs'] : undefined;
  return typeof wait === 'number' ? wait : 0;
}
