import { AppError } from '../errors/app-error.js';
import type { ErrorCode } from '../errors/error-code.js';

/** Everything that can go wrong at a vendor, in our words. What a user reads of it stands here and nowhere else. */
const FAILURES = {
  'rate-limited': ['PROVIDER_RATE_LIMITED', 'limits how often this server may ask; try again later'],
  'out-of-credit': [
    'PROVIDER_REJECTED',
    "refused the request: this server's quota or credit there is used up",
  ],
  'key-refused': ['PROVIDER_REJECTED', "refused this server's API key"],
  'model-unknown': ['PROVIDER_REJECTED', 'does not offer this model to this server'],
  'request-refused': ['PROVIDER_REJECTED', 'refused the request'],
  'context-too-long': ['CONTEXT_TOO_LONG', 'cannot take a conversation of this length with this model'],
  filtered: ['CONTENT_FILTERED', 'ended the reply because of its content filter'],
  declined: ['CONTENT_FILTERED', 'declined to answer this'],
  empty: ['PROVIDER_REJECTED', 'ended the reply without a word'],
  'out-of-output': ['PROVIDER_REJECTED', 'used up its output limit before it wrote an answer'],
  'too-large': ['PROVIDER_REJECTED', 'sent more than a reply may hold'],
  'timed-out': ['PROVIDER_TIMEOUT', 'took too long to answer'],
  overloaded: ['PROVIDER_UNAVAILABLE', 'is overloaded or failing; try again later'],
  unreachable: ['PROVIDER_UNAVAILABLE', 'cannot be reached, or broke the connection'],
  truncated: ['PROVIDER_UNAVAILABLE', 'broke off before the reply was complete'],
  unreadable: ['PROVIDER_UNAVAILABLE', 'sent something that cannot be read as a reply'],
} as const satisfies Record<string, readonly [ErrorCode, string]>;

export type VendorFailure = keyof typeof FAILURES;

interface VendorFailureDetails {
  /** For the log. Never the vendor's own message: it may quote the prompt or the key. */
  readonly cause?: unknown;
  readonly retryAfterMs?: number;
}

/** The public error of a vendor's failure, as in “openai refused this server's API key.” */
export function vendorError(
  provider: string,
  failure: VendorFailure,
  details: VendorFailureDetails = {},
): AppError {
  const [code, sentence] = FAILURES[failure];
  return new AppError(code, `${provider} ${sentence}.`, details);
}

/** What an HTTP status says where the vendor's own error code says nothing more exact. */
export function failureOfStatus(status: number): VendorFailure {
  switch (status) {
    case 401:
    case 403:
      return 'key-refused';
    case 402:
      return 'out-of-credit';
    case 404:
      return 'model-unknown';
    case 413:
      return 'context-too-long';
    case 429:
      return 'rate-limited';
    // Timeouts and conflicts of the vendor's own making pass by themselves.
    case 408:
    case 409:
    case 425:
      return 'overloaded';
    default:
      return status >= 500 ? 'overloaded' : 'request-refused';
  }
}
