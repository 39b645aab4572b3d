/** Replies waiting to be made. Delivered at least once, to one worker at a time. */
export abstract class GenerationQueue {
  /** Enqueuing a session again while it waits or runs changes nothing. */
  abstract enqueue(sessionId: string): Promise<void>;

  /** How many sessions wait for a worker. */
  abstract depth(): Promise<number>;

  /** Asks the worker that makes this reply, in whichever process, to end it. */
  abstract cancel(sessionId: string): Promise<void>;
}
