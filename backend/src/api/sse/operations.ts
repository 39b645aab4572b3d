import {
  createSourceEventStream,
  getOperationAST,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import type { OperationArgs, RequestParams, Response as SseResponse } from 'graphql-sse';
import type { DocumentRules } from '../documents/document-rules.js';
import type { Outlet } from './outlet.js';
import { PreparedDocument, PreparedDocuments } from './prepared-documents.js';
import { failedResult, publicResult } from './results.js';
import { refusedBody, SubscriptionBody } from './subscription-body.js';

type Context = Record<PropertyKey, unknown>;

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
const BAD_REQUEST = {
  status: 400,
  statusText: 'Bad Request',
  headers: { 'content-type': 'application/json; charset=utf-8' },
};

/** Begins the operations of /graphql/stream, by the rules that hold for /graphql too. */
export class Operations {
  readonly #documents: PreparedDocuments;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly rules: DocumentRules,
  ) {
    this.#documents = new PreparedDocuments(schema, rules);
  }

  /**
   * What graphql-sse is to execute, or the answer where there is nothing to execute: faults of the request, and
   * subscriptions that have a connection of their own.
   *
   * @param outlet where the results go, if the operation has a connection of its own.
   */
  async begin(
    { query, operationName, variables }: RequestParams,
    outlet: Outlet | undefined,
    context: () => Promise<Context>,
  ): Promise<SseResponse | OperationArgs<Context>> {
    const prepared = this.#documents.get(query);
    if (!(prepared instanceof PreparedDocument)) return refused({ errors: prepared }, outlet);
    let contextValue: Context;
    try {
      contextValue = await context();
    } catch (error) {
      return refused(failedResult(error), outlet);
    }
    const { document } = prepared;
    const args = {
      ...this.rules.execution,
      ...{ schema: this.schema, document, operationName, variableValues: variables, contextValue },
    };
    if (!outlet || !isSubscription(document, operationName)) return args;
    // Nothing is executed for its usual events.
    const events = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in events)) return refused(events, outlet);
    return [new SubscriptionBody(events, args, prepared.selection(args), outlet), STREAM];
  }
}

/** Whoever asked for a stream is told in it, as the protocol wants it. */
function refused(result: ExecutionResult, outlet: Outlet | undefined): SseResponse {
  return outlet ? [refusedBody(result), STREAM] : [JSON.stringify(publicResult(result)), BAD_REQUEST];
}

function isSubscription(document: DocumentNode, operationName: string | undefined): boolean {
  return getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
}
