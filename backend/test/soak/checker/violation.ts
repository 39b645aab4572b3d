/** Every promise that the checker looks after, by what is wrong where it is broken. */
export type ViolationName =
  | 'number-not-rising'
  | 'event-after-end'
  | 'reader-never-told-the-end'
  | 'reader-refused'
  | 'text-not-sent'
  | 'readers-disagree'
  | 'told-is-not-saved'
  | 'shown-is-not-saved'
  | 'saved-is-not-sent'
  | 'saved-changed'
  | 'not-in-history'
  | 'never-ended'
  | 'failed-without-cause'
  | 'stopped-unasked'
  | 'too-many-calls'
  | 'not-shared'
  | 'call-left-open'
  | 'key-made-two-sessions'
  | 'usage-off'
  | 'client-refused'
  | 'process-died'
  | 'process-ended-badly'
  | 'process-left-something';

/** One promise, broken once. */
export interface Violation {
  readonly name: ViolationName;
  readonly detail: string;
  /** Whose reply it was. */
  readonly sessionId?: string;
}
