import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import type { GraphQLFormattedError } from 'graphql';
import { Failure, type FailureCode, type FailureFacts, type QuotaName } from './failure';
import type { ErrorCode } from './generated/graphql';

/** A record and not a list, so that a code added to the schema is missed by the compiler. */
const KNOWN: Record<ErrorCode, true> = {
  UNAUTHENTICATED: true,
  FORBIDDEN: true,
  VALIDATION_FAILED: true,
  NOT_FOUND: true,
  CONFLICT: true,
  SESSION_EXPIRED: true,
  MODEL_NOT_FOUND: true,
  MODEL_NOT_IN_PLAN: true,
  MODEL_NOT_CONFIGURED: true,
  QUOTA_EXCEEDED: true,
  RATE_LIMITED: true,
  CONTEXT_TOO_LONG: true,
  CONTENT_FILTERED: true,
  PROVIDER_RATE_LIMITED: true,
  PROVIDER_TIMEOUT: true,
  PROVIDER_UNAVAILABLE: true,
  PROVIDER_REJECTED: true,
  INTERNAL: true,
};

const QUOTAS: Record<QuotaName, true> = { messagesToday: true, tokensThisMonth: true, repliesAtOnce: true };

/** Reads the server's typed error out of whatever Apollo, the stream or the network threw. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const refusal = CombinedGraphQLErrors.is(error) ? error.errors[0] : refusalInBody(error);
  if (!refusal) return new Failure('UNREACHABLE', messageOf(error), {}, { cause: error });
  return new Failure(codeOf(refusal), refusal.message, factsOf(refusal), { cause: error });
}

/** A refusal may come with an HTTP status of its own; then Apollo hands over the body unread. */
function refusalInBody(error: unknown): GraphQLFormattedError | undefined {
  if (!ServerError.is(error)) return undefined;
  try {
    const body = JSON.parse(error.bodyText) as { errors?: GraphQLFormattedError[] } | null;
    return body?.errors?.[0];
  } catch (notJson) {
    // A proxy's error page, most likely.
    if (notJson instanceof SyntaxError) return undefined;
    throw notJson;
  }
}

function codeOf({ extensions }: GraphQLFormattedError): FailureCode {
  const code = extensions?.['code'];
  return typeof code === 'string' && Object.hasOwn(KNOWN, code) ? (code as ErrorCode) : 'INTERNAL';
}

function factsOf({ extensions = {} }: GraphQLFormattedError): FailureFacts {
  const { retryAfterMs, reference, plan, quota, resetsAt } = extensions;
  return {
    ...(typeof retryAfterMs === 'number' && { retryAfterMs }),
    ...(typeof reference === 'string' && { reference }),
    ...(typeof plan === 'string' && { plan }),
    ...(isQuota(quota) && { quota }),
    ...(typeof resetsAt === 'string' && { resetsAt }),
  };
}

function isQuota(name: unknown): name is QuotaName {
  return typeof name === 'string' && Object.hasOwn(QUOTAS, name);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The server cannot be reached.';
}
