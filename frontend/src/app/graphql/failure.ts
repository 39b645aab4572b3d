import type { ErrorCode, ViewerFieldsFragment } from './generated/graphql';

/**
 * Two are the page's own. `UNREACHABLE`: no answer came at all, or one that was not ours. `UNLOADED`: what asks the server
 * could not be loaded, and browsers do not try that again before the page begins anew.
 */
export type FailureCode = ErrorCode | 'UNREACHABLE' | 'UNLOADED';

/** What can run out; `repliesAtOnce` comes back with the end of a reply, the others with time. */
export type QuotaName = Exclude<keyof ViewerFieldsFragment['usage'], '__typename'>;

/** The code's own facts, as far as the server told them. */
export interface FailureFacts {
  /** Milliseconds after which trying again makes sense. */
  readonly retryAfterMs?: number;
  /** What an administrator finds in the log. */
  readonly reference?: string;
  /** The plan that the model is part of. */
  readonly plan?: string;
  /** What the plan allows no more of. */
  readonly quota?: QuotaName;
  /** When that comes back, ISO 8601. */
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
