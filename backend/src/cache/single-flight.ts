/** How long a leader leads without renewing, in seconds: so long a dead one keeps others waiting at most. */
export const LEAD_SECONDS = 10;

/**
 * Who makes the reply of a response cache key while nobody has it: one session, which the others follow. It only
 * saves work, so where it cannot be asked everybody leads.
 */
export abstract class SingleFlight {
  /**
   * Makes `sessionId` the leader for `LEAD_SECONDS`, or for so long again where it is that already. Returns who leads
   * now: `sessionId`, or the session that came first.
   */
  abstract lead(key: string, sessionId: string): Promise<string>;
  /** Ends the lead of `sessionId`; that of another session stays. */
  abstract release(key: string, sessionId: string): Promise<void>;
}
