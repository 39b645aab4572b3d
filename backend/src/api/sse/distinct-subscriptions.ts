import {
  createSourceEventStream,
  getOperationAST,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
} from 'graphql';
import type { RequestParams, Response as SseResponse } from 'graphql-sse';
import type { Outlet } from './outlet.js';
import { PreparedDocuments } from './prepared-documents.js';
import { refusedBody, SubscriptionBody } from './subscription-body.js';

/** As graphql-sse begins its streams. */
const STREAM = {
  status: 200,
  statusText: 'OK',
  headers: {
    connection: 'keep-alive',
    'cache-control': 'no-cache',
    'content-encoding': 'none',
    'content-type': 'text/event-stream; charset=utf-8',
  },
};

/** Opens subscriptions that have a connection of their own, and executes nothing for their usual events. */
export class DistinctSubscriptions {
  readonly #documents: PreparedDocuments;

  constructor(private readonly schema: GraphQLSchema) {
    this.#documents = new PreparedDocuments(schema);
  }

  /**
   * The answer to a request; undefined where it is for graphql-sse to answer: other operations, and faults of the
   * request.
   */
  async open(
    { query, operationName, variables }: RequestParams,
    outlet: Outlet,
    context: () => Promise<unknown>,
  ): Promise<SseResponse | undefined> {
    const prepared = this.#documents.get(query);
    if (!prepared || !isSubscription(prepared.document, operationName)) return undefined;
    const args: ExecutionArgs = {
      schema: this.schema,
      document: prepared.document,
      operationName,
      variableValues: variables,
      contextValue: await context(),
    };
    const events = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in events)) return [refusedBody(events), STREAM];
    return [new SubscriptionBody(events, args, prepared.selection(args), outlet), STREAM];
  }
}

function isSubscription(document: DocumentNode, operationName: string | undefined): boolean {
  return getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
}
