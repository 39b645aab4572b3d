import { ERROR_CODES, type ErrorCode } from './error-code.js';

interface AppErrorOptions {
  cause?: unknown;
  /** Milliseconds after which trying again makes sense, where somebody told us. */
  retryAfterMs?: number;
}

/**
 * A failure that its receiver may know about: the code and the message are public, the cause is for the log.
 * Messages never hold prompts, keys or tokens.
 */
export class AppError extends Error {
  readonly retryAfterMs?: number;

  constructor(
    readonly code: ErrorCode,
    message: string,
    { cause, retryAfterMs }: AppErrorOptions = {},
  ) {
    super(message, { cause });
    this.name = 'AppError';
    this.retryAfterMs = retryAfterMs;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }
}
