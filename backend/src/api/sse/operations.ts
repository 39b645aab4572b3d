import {
  createSourceEventStream,
  execute,
  type ExecutionArgs,
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import type { RequestParams } from 'graphql-sse';
import type { DocumentRules } from '../documents/document-rules.js';
import type { Frames } from './frames.js';
import { PreparedDocument, PreparedDocuments } from './prepared-documents.js';
import { failedResult } from './results.js';
import { SubscriptionFrames } from './subscription-frames.js';

/** What resolvers are told of their request. */
export type Context = object;

/** What a request for an operation comes to. */
export type Outcome =
  /** Nothing was executed. */
  | { readonly type: 'refused'; readonly result: ExecutionResult }
  | { readonly type: 'result'; readonly result: ExecutionResult }
  | { readonly type: 'subscription'; readonly frames: SubscriptionFrames };

/** An operation that may be executed. */
export interface PreparedOperation {
  readonly type: 'prepared';
  readonly kind: OperationTypeNode;
  begin(frames: Frames): Promise<Outcome>;
}

/** The operations of /graphql/stream, by the rules that hold for /graphql too. */
export class Operations {
  readonly #documents: PreparedDocuments;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly rules: DocumentRules,
  ) {
    this.#documents = new PreparedDocuments(schema, rules);
  }

  async prepare(
    { query, operationName, variables }: RequestParams,
    context: () => Promise<Context>,
  ): Promise<PreparedOperation | Extract<Outcome, { readonly type: 'refused' }>> {
    const prepared = this.#documents.get(query);
    if (!(prepared instanceof PreparedDocument)) return { type: 'refused', result: { errors: prepared } };
    const { document } = prepared;
    const kind = getOperationAST(document, operationName)?.operation;
    if (!kind) {
      const error = new GraphQLError('There is no such operation in the document.');
      return { type: 'refused', result: { errors: [error] } };
    }
    let contextValue: Context;
    try {
      contextValue = await context();
    } catch (error) {
      return { type: 'refused', result: failedResult(error) };
    }
    const args = {
      ...this.rules.execution,
      ...{ schema: this.schema, document, operationName, variableValues: variables, contextValue },
    };
    return { type: 'prepared', kind, begin: (frames) => begin(kind, args, prepared, frames) };
  }
}

async function begin(
  kind: OperationTypeNode,
  args: ExecutionArgs,
  prepared: PreparedDocument,
  frames: Frames,
): Promise<Outcome> {
  if (kind !== OperationTypeNode.SUBSCRIPTION) return { type: 'result', result: await execute(args) };
  // Nothing is executed for its usual events.
  const events = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in events)) return { type: 'result', result: events };
  return {
    type: 'subscription',
    frames: new SubscriptionFrames(events, args, prepared.selection(args), frames),
  };
}
