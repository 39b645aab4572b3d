import type { FetcherParams, Observable } from '@graphiql/toolkit';
import type { ExecutionResult } from 'graphql';
import type { Client, RequestParams } from 'graphql-sse';
import { Paced } from './paced.js';

/** What the result pane shows of a subscription: GraphiQL alone would show the latest event only. */
interface EventList {
  /** Why the stream ended before its end. */
  readonly broken?: string;
  readonly events: number;
  /** Each as the server sent it. */
  readonly newestFirst: readonly ExecutionResult[];
}

type Fields = Record<string, unknown>;

interface Sink {
  next(value: ExecutionResult): void;
  complete(): void;
}

/** Runs a subscription as a list of its events that grows. `onEvents` hears of the new ones as they are shown. */
export function eventList(
  client: Client,
  { query, variables, operationName }: FetcherParams,
  onEvents: (events: readonly ExecutionResult[]) => void,
): Observable<ExecutionResult> {
  const request: RequestParams = {
    query,
    variables: variables as Fields,
    operationName: operationName ?? undefined,
  };
  return {
    subscribe(sink: unknown) {
      const paced = follow(client, request, sink as Sink, onEvents);
      return { unsubscribe: paced };
    },
  };
}

function follow(
  client: Client,
  request: RequestParams,
  sink: Sink,
  onEvents: (events: readonly ExecutionResult[]) => void,
): () => void {
  const newestFirst: ExecutionResult[] = [];
  let unseen: ExecutionResult[] = [];
  const showList = (list: EventList): void => sink.next(list as ExecutionResult);
  const paced = new Paced(() => {
    onEvents(unseen);
    unseen = [];
    showList({ events: newestFirst.length, newestFirst });
  });
  const unsubscribe = client.subscribe<Fields, Fields>(request, {
    next(result) {
      newestFirst.unshift(result);
      unseen.push(result);
      paced.changed();
    },
    error(error) {
      paced.flush();
      showList({ broken: messageOf(error), events: newestFirst.length, newestFirst });
      sink.complete();
    },
    complete() {
      paced.flush();
      sink.complete();
    },
  });
  return () => {
    paced.drop();
    unsubscribe();
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : JSON.stringify(error);
}
