import { createGraphiQLFetcher, type Fetcher, type FetcherParams } from '@graphiql/toolkit';
import { type ExecutionResult, OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-sse';
import { eventList } from './event-list.js';
import { missingVariables, type VariableSource } from './fill-variables.js';
import { startedSession, type StartedSession } from './last-started.js';
import { operationOf } from './operation.js';
import { NOTHING_YET, withResult } from './reply-so-far.js';
import type { RunNotes } from './run-notes.js';

const INTROSPECTION = 'IntrospectionQuery';
const MODELS = '{ models { id available } }';
const START_FIRST = 'Run StartSession first, or give it in the variables.';

/**
 * Queries and mutations go to /graphql, subscriptions to /graphql/stream. Of a document's variables, those that this
 * page knows from earlier runs may be left out.
 */
export function createPlaygroundFetcher(notes: RunNotes): Fetcher {
  const overHttp = createGraphiQLFetcher({ url: '/graphql', enableIncrementalDelivery: false });
  let started: StartedSession | undefined;

  const sources: Record<string, VariableSource> = {
    sessionId: { find: () => started?.sessionId, missing: START_FIRST },
    chatId: { find: () => started?.chatId, missing: START_FIRST },
    modelId: {
      find: async () => firstAvailable((await overHttp({ query: MODELS })) as ExecutionResult),
      missing: 'No model is available to you: run Models to see why.',
    },
  };

  return async (params, options) => {
    if (params.operationName === INTROSPECTION) return overHttp(params, options);
    notes.begin();
    const operation = operationOf(params.query, params.operationName);
    const given = (params.variables ?? {}) as Record<string, unknown>;
    const filled = await missingVariables(operation, given, sources);
    notes.filledIn(filled);
    const complete: FetcherParams = {
      ...params,
      operationName: operation?.name?.value ?? params.operationName,
      variables: { ...given, ...filled },
    };

    if (operation?.operation === OperationTypeNode.SUBSCRIPTION) {
      let reply = NOTHING_YET;
      // Each run is to be seen as it went: nothing is tried again behind the reader's back.
      const client = createClient({ url: '/graphql/stream', headers: options?.headers, retryAttempts: 0 });
      return eventList(client, complete, (events) => {
        reply = events.reduce(withResult, reply);
        notes.replyGrew(reply);
      });
    }
    const result = (await overHttp(complete, options)) as ExecutionResult;
    started = startedSession(result.data) ?? started;
    return result;
  };
}

function firstAvailable({ data }: ExecutionResult): string | undefined {
  const models = (data?.['models'] ?? []) as { id: string; available: boolean }[];
  return models.find(({ available }) => available)?.id;
}
