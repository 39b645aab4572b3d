import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AppError } from '../errors/app-error.js';
import type { ErrorCode } from '../errors/error-code.js';
import { tellRefusal } from '../errors/refusals.js';
import { withoutValues } from './without-values.js';

const logger = new Logger('GraphQL');

const MAX_MESSAGE_LENGTH = 500;

/** Faults of the request itself, as Apollo Server names them; graphql-js names none. */
const REQUEST_FAULTS = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'OPERATION_RESOLUTION_FAILURE',
]);

/**
 * What a client may know of an error: its code and sentence where we raised it, a code where the request was at fault,
 * and only a reference to the log for everything else. Serves both transports, once for each error of an answer, and has
 * it counted.
 */
export function toPublicError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = causeOf(error);
  if (cause instanceof AppError) {
    const { code, message, retryable, retryAfterMs, facts } = cause;
    tellRefusal(code);
    return {
      ...placeOf(formatted),
      message,
      extensions: { code, retryable, ...(retryAfterMs && { retryAfterMs }), ...facts },
    };
  }
  if (isRequestFault(formatted, error, cause)) {
    const code: ErrorCode = 'VALIDATION_FAILED';
    tellRefusal(code);
    const message = shortened(withoutValues(formatted.message));
    return { ...placeOf(formatted), message, extensions: { code, retryable: false } };
  }
  const reference = randomUUID();
  tellRefusal('INTERNAL');
  logger.error(`reference ${reference}`, cause instanceof Error ? cause.stack : String(cause));
  return {
    ...placeOf(formatted),
    message: `Something broke on the server (reference ${reference}).`,
    extensions: { code: 'INTERNAL' satisfies ErrorCode, retryable: true, reference },
  };
}

/** What graphql-js cannot be told to leave out while Apollo Server runs it: names that variables could have had. */
export function withoutSuggestions(format: typeof toPublicError): typeof toPublicError {
  return (formatted, error) => {
    const told = format(formatted, error);
    return { ...told, message: told.message.replace(/ ?Did you mean .+\?$/s, '') };
  };
}

/** As `toPublicError`, for the errors of an execution result. */
export function toPublicGraphQLError(error: GraphQLError): GraphQLError {
  const { message, extensions } = toPublicError(error.toJSON(), error);
  return new GraphQLError(message, { nodes: error.nodes, path: error.path, extensions });
}

/** The error that was thrown, below the wrappings of graphql-js and Apollo Server. */
function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? causeOf(error.originalError) : error;
}

/** A GraphQL error without a place in the answer was raised by GraphQL itself, about the request. */
function isRequestFault(formatted: GraphQLFormattedError, error: unknown, cause: unknown): boolean {
  const code = formatted.extensions?.['code'];
  if (typeof code === 'string' && REQUEST_FAULTS.has(code)) return true;
  return (
    error instanceof GraphQLError &&
    cause instanceof GraphQLError &&
    error.path === undefined &&
    (code === undefined || code === 'INTERNAL_SERVER_ERROR')
  );
}

/** GraphQL repeats what it was given, which may be megabytes. */
function shortened(message: string): string {
  return message.length <= MAX_MESSAGE_LENGTH ? message : `${message.slice(0, MAX_MESSAGE_LENGTH)}…`;
}

function placeOf({
  locations,
  path,
}: GraphQLFormattedError): Pick<GraphQLFormattedError, 'locations' | 'path'> {
  return { ...(locations && { locations }), ...(path && { path }) };
}
