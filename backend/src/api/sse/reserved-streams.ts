import { EventEmitter, once } from 'node:events';
import { AppError } from '../../errors/app-error.js';
import type { Outlet } from './outlet.js';

/**
 * The streams of the single-connection mode that are open, by their tokens: the results of an operation go to another
 * response than its own there.
 */
export class ReservedStreams {
  readonly #open = new Map<string, Outlet>();
  readonly #opened = new EventEmitter().setMaxListeners(0);

  /** @param patienceMs how long operations wait for their stream to be opened. */
  constructor(private readonly patienceMs: number) {}

  open(token: string, outlet: Outlet): void {
    this.#open.set(token, outlet);
    outlet.response.once('close', () => {
      if (this.#open.get(token) === outlet) this.#open.delete(token);
    });
    this.#opened.emit(eventOf(token));
  }

  /** As `Outlet.room`, of the stream with this token; there is none before it is open. */
  room(token: string): Promise<void> | undefined {
    const outlet = this.#open.get(token);
    return outlet ? outlet.room : this.#waitFor(token);
  }

  async #waitFor(token: string): Promise<void> {
    const patience = AbortSignal.timeout(this.patienceMs);
    try {
      await once(this.#opened, eventOf(token), { signal: patience });
    } catch (error) {
      if (!patience.aborted) throw error;
      throw new AppError('INTERNAL', 'The reserved stream was not opened in time.', { cause: error });
    }
  }
}

/** Tokens are the clients' own words, and an emitter gives a meaning to `error`. */
function eventOf(token: string): string {
  return `opened ${token}`;
}
