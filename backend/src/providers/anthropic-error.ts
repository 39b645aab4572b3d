import { AnthropicError, APIConnectionError, APIError } from '@anthropic-ai/sdk';
import type { AppError } from '../errors/app-error.js';
import { retryAfterMs } from './retry-after.js';
import { transportFailure } from './transport-failure.js';
import { failureOfStatus, vendorError, type VendorFailure } from './vendor-failure.js';

/** The API has no code for these; it says them in the message of an `invalid_request_error`. */
const TOO_LONG =
  /prompt is too long|exceed[a-z]* (the )?context (limit|window)|input length and `?max_tokens`? exceed/i;
const OUT_OF_CREDIT = /credit balance|spend limit|usage limit/i;

/** The error of Anthropic's SDK in our words; undefined when the SDK did not throw it. */
export function explainAnthropicError(provider: string, error: unknown): AppError | undefined {
  if (!isApiError(error)) {
    // Such as a response without a body.
    return error instanceof AnthropicError
      ? vendorError(provider, 'unreadable', { cause: error })
      : undefined;
  }
  if (error instanceof APIConnectionError) {
    return vendorError(provider, transportFailure(error.cause) ?? 'unreachable', { cause: error.cause });
  }
  // Neither the vendor's message nor its body: they quote prompts and keys.
  const facts = [error.status, error.type, error.errorCode].map((fact) => String(fact).slice(0, 100));
  return vendorError(provider, failureOf(error), {
    cause: new Error(`${provider} answered: status, type, code = ${facts.join(', ')}`),
    retryAfterMs: retryAfterMs(error.headers),
  });
}

/** Anthropic's error types, in responses and in mid-stream: https://platform.claude.com/docs/en/api/errors */
function failureOf({ type, status, message }: APIError): VendorFailure {
  // The API also calls 4xx statuses of its own making an invalid request.
  switch (type as string | null) {
    case 'invalid_request_error':
      if (TOO_LONG.test(message)) return 'context-too-long';
      if (OUT_OF_CREDIT.test(message)) return 'out-of-credit';
      return status === undefined ? 'request-refused' : failureOfStatus(status);
    case 'request_too_large':
      return 'context-too-long';
    case 'authentication_error':
    case 'permission_error':
      return 'key-refused';
    case 'billing_error':
      return 'out-of-credit';
    case 'not_found_error':
      return 'model-unknown';
    case 'rate_limit_error':
      return 'rate-limited';
    case 'overloaded_error':
    case 'api_error':
    case 'timeout_error':
      return 'overloaded';
    default:
      // An error event in mid-stream has no status, and comes of a request that had been accepted.
      return status === undefined ? 'overloaded' : failureOfStatus(status);
  }
}

/** `instanceof` alone would make `any` of its fields. */
function isApiError(error: unknown): error is APIError {
  return error instanceof APIError;
}
