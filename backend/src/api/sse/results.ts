import { GraphQLError, type ExecutionResult } from 'graphql';
import { toPublicGraphQLError } from '../public-errors.js';

/** The result that tells of an error which ended a subscription. */
export function failedResult(error: unknown): ExecutionResult {
  const cause = error instanceof Error ? error : new Error(String(error));
  return { errors: [new GraphQLError(cause.message, { originalError: cause })] };
}

/** A result as clients may see it. */
export function publicResult<R extends Pick<ExecutionResult, 'errors'>>(result: R): R {
  return result.errors ? { ...result, errors: result.errors.map(toPublicGraphQLError) } : result;
}
