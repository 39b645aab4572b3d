/** Who wants which replies ended, told to every process. */
export abstract class Cancellations {
  /** Tells all who listen. Rejects when they cannot be told. */
  abstract publish(sessionId: string): Promise<void>;

  /**
   * Calls `listener` for each cancellation from now on, the listener's own process included; possibly more than once,
   * and for sessions that nobody here knows. Returns what ends the listening.
   */
  abstract listen(listener: (sessionId: string) => void): Promise<() => void>;
}
