import { ApolloLink } from '@apollo/client/link';
import { print } from 'graphql';
import { createClient, NetworkError, type Client, type ExecutionResult } from 'graphql-sse';
import { Observable } from 'rxjs';
import { Failure } from './failure';
import { watchedFetch } from './watched-fetch';

interface SseLinkOptions {
  readonly url: string;
  /** The server pings every 12 s; a connection that is silent for longer than this is dead. */
  readonly silenceMs?: number;
}

/** What an operation may put into its Apollo context to learn about its connection. */
export interface StreamContext {
  /** The server has accepted the subscription; events may still take a while. */
  readonly onConnected?: () => void;
}

/**
 * Subscriptions over graphql-sse, one connection each. It never reconnects by itself: the client would repeat the
 * request that it began with, and only the subscriber knows the cursor to come back with.
 */
export class SseLink extends ApolloLink {
  readonly #client: Client;

  constructor({ url, silenceMs = 40_000 }: SseLinkOptions) {
    super();
    this.#client = createClient({ url, retryAttempts: 0, fetchFn: watchedFetch(silenceMs) });
  }

  override request(operation: ApolloLink.Operation): Observable<ApolloLink.Result> {
    const { onConnected } = operation.getContext() as StreamContext;
    const request = {
      query: print(operation.query),
      variables: operation.variables,
      operationName: operation.operationName,
    };
    return new Observable((subscriber) =>
      this.#client.subscribe(
        request,
        {
          next: (result: ExecutionResult) => subscriber.next(result as ApolloLink.Result),
          error: (error) => subscriber.error(refusalIn(error) ?? error),
          complete: () => subscriber.complete(),
        },
        { connected: () => onConnected?.() },
      ),
    );
  }
}

/** A request that was one too many is refused without a stream; its head says when to come back. */
function refusalIn(error: unknown): Failure | undefined {
  if (!(error instanceof NetworkError)) return undefined;
  const { response } = error as NetworkError<Response>;
  if (response?.status !== 429) return undefined;
  const retryAfterMs = Number(response.headers.get('retry-after')) * 1000;
  return new Failure('RATE_LIMITED', error.message, retryAfterMs > 0 ? { retryAfterMs } : {}, {
    cause: error,
  });
}
