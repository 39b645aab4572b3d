import { ERROR_CODES, type ErrorCode } from './error-code.js';

/** What can be used up, as `Usage` in the schema names it. */
export type QuotaName = 'messagesToday' | 'tokensThisMonth' | 'repliesAtOnce';

/** What a client is told besides the code and the sentence, so that it can offer a way on. Public API. */
export interface ErrorFacts {
  /** MODEL_NOT_IN_PLAN: the name of the cheapest plan that includes the model. */
  readonly plan?: string;
  /** QUOTA_EXCEEDED: what is used up. */
  readonly quota?: QuotaName;
  /** QUOTA_EXCEEDED: when it comes back, in ISO 8601; left out where it does not by time. */
  readonly resetsAt?: string;
}

interface AppErrorOptions {
  cause?: unknown;
  /** Milliseconds after which trying again makes sense, where somebody told us. */
  retryAfterMs?: number;
  facts?: ErrorFacts;
}

/**
 * A failure that its receiver may know about: code, message and facts are public, the cause is for the log.
 * Messages never hold prompts, keys or tokens.
 */
export class AppError extends Error {
  readonly retryAfterMs?: number;
  readonly facts: ErrorFacts;

  constructor(
    readonly code: ErrorCode,
    message: string,
    { cause, retryAfterMs, facts = {} }: AppErrorOptions = {},
  ) {
    super(message, { cause });
    this.name = 'AppError';
    this.retryAfterMs = retryAfterMs;
    this.facts = facts;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }
}
