/** How often a code is our fault: `error` wakes somebody, `warn` is watched, `info` is everyday. */
export type LogLevel = 'info' | 'warn' | 'error';

interface ErrorCodeFacts {
  /** The same request may succeed later without being changed. */
  readonly retryable: boolean;
  readonly logLevel: LogLevel;
}

/** The closed set of error codes. They are public API: see `ErrorCode` in schema.graphql. */
export const ERROR_CODES = {
  UNAUTHENTICATED: { retryable: false, logLevel: 'info' },
  FORBIDDEN: { retryable: false, logLevel: 'info' },
  VALIDATION_FAILED: { retryable: false, logLevel: 'info' },
  NOT_FOUND: { retryable: false, logLevel: 'info' },
  CONFLICT: { retryable: false, logLevel: 'info' },
  SESSION_EXPIRED: { retryable: false, logLevel: 'info' },
  MODEL_NOT_FOUND: { retryable: false, logLevel: 'info' },
  MODEL_NOT_IN_PLAN: { retryable: false, logLevel: 'info' },
  MODEL_NOT_CONFIGURED: { retryable: false, logLevel: 'info' },
  QUOTA_EXCEEDED: { retryable: false, logLevel: 'info' },
  RATE_LIMITED: { retryable: true, logLevel: 'info' },
  CONTEXT_TOO_LONG: { retryable: false, logLevel: 'info' },
  CONTENT_FILTERED: { retryable: false, logLevel: 'info' },
  PROVIDER_RATE_LIMITED: { retryable: true, logLevel: 'warn' },
  PROVIDER_TIMEOUT: { retryable: true, logLevel: 'warn' },
  PROVIDER_UNAVAILABLE: { retryable: true, logLevel: 'warn' },
  PROVIDER_REJECTED: { retryable: false, logLevel: 'warn' },
  INTERNAL: { retryable: true, logLevel: 'error' },
} as const satisfies Record<string, ErrorCodeFacts>;

export type ErrorCode = keyof typeof ERROR_CODES;
