import type { ErrorCode } from './generated/graphql';

/** `UNREACHABLE` is the page's own: no answer came at all, or one that was not ours. */
export type FailureCode = ErrorCode | 'UNREACHABLE';

/** The code's own facts, as far as the server told them. */
export interface FailureFacts {
  /** Milliseconds after which trying again makes sense. */
  readonly retryAfterMs?: number;
  /** What an administrator finds in the log. */
  readonly reference?: string;
  /** The plan that the model is part of. */
  readonly plan?: string;
  /** When the day's messages come back, ISO 8601. */
  readonly resetsAt?: string;
}

/** Why a request failed: the only error that leaves this folder, so that nobody else reads an error's text. */
export class Failure extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
    readonly facts: FailureFacts = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'Failure';
  }
}
