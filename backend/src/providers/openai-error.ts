import { APIConnectionError, APIError, OpenAIError } from 'openai';
import type { AppError } from '../errors/app-error.js';
import { retryAfterMs } from './retry-after.js';
import { transportFailure } from './transport-failure.js';
import { failureOfStatus, vendorError, type VendorFailure } from './vendor-failure.js';

/** What servers of OpenAI's format say of a prompt that does not fit, where they give no code for it. */
const TOO_LONG =
  /context (length|size|window)|maximum (prompt|context|input) length|prompt is too long|input is too long/i;
const BAD_KEY = /(incorrect|invalid) api key/i;

/** The error of OpenAI's SDK in our words; undefined when the SDK did not throw it. */
export function explainOpenAiError(provider: string, error: unknown): AppError | undefined {
  if (!isApiError(error)) {
    // Such as a response without a body.
    return error instanceof OpenAIError ? vendorError(provider, 'unreadable', { cause: error }) : undefined;
  }
  if (error instanceof APIConnectionError) {
    return vendorError(provider, transportFailure(error.cause) ?? 'unreachable', { cause: error.cause });
  }
  // Neither the vendor's message nor its body: they quote prompts and keys.
  const facts = [error.status, error.code, error.type, error.param].map((fact) => String(fact).slice(0, 100));
  return vendorError(provider, failureOf(error), {
    cause: new Error(`${provider} answered: status, code, type, param = ${facts.join(', ')}`),
    retryAfterMs: retryAfterMs(error.headers),
  });
}

function failureOf(error: APIError): VendorFailure {
  return failureOfOpenAiCode(error.code) ?? failureOfOpenAiCode(error.type) ?? failureOfMessage(error);
}

/**
 * OpenAI's error codes, in responses and in mid-stream (`response.failed`, `error`):
 * https://developers.openai.com/api/docs/guides/error-codes and `ResponseError` in the API reference. Servers of
 * the same format (https://docs.x.ai/docs/key-information/debugging, llama.cpp, vLLM) add some of their own.
 */
export function failureOfOpenAiCode(code: unknown): VendorFailure | undefined {
  switch (code) {
    case 'insufficient_quota':
    case 'billing_hard_limit_reached':
    case 'billing_not_active':
      return 'out-of-credit';
    case 'context_length_exceeded':
    case 'string_above_max_length':
    case 'exceed_context_size_error':
      return 'context-too-long';
    case 'invalid_api_key':
    case 'invalid_authentication':
      return 'key-refused';
    case 'model_not_found':
      return 'model-unknown';
    case 'content_filter':
    case 'content_policy_violation':
    case 'invalid_prompt':
    case 'bio_policy':
    case 'misalignment_policy_violation':
      return 'filtered';
    case 'rate_limit_exceeded':
    case 'rate_limit_error':
      return 'rate-limited';
    case 'server_error':
    case 'service_unavailable':
    case 'overloaded_error':
    case 'slow_down':
      return 'overloaded';
    default:
      return undefined;
  }
}

function failureOfMessage({ status, message }: APIError): VendorFailure {
  // An error event in mid-stream has no status, and comes of a request that had been accepted.
  if (status === undefined) return 'overloaded';
  if (status < 500 && status !== 429 && TOO_LONG.test(message)) return 'context-too-long';
  if (status === 400 && BAD_KEY.test(message)) return 'key-refused';
  return failureOfStatus(status);
}

/** `instanceof` alone would make `any` of its fields. */
function isApiError(error: unknown): error is APIError {
  return error instanceof APIError;
}
