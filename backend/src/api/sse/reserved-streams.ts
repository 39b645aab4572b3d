import { randomBytes } from 'node:crypto';
import type { Operations } from './operations.js';
import { Places } from './places.js';
import { ReservedStream } from './reserved-stream.js';

/** Streams that may be reserved and not opened, by one who reserves and by all. */
const UNOPENED = { each: 10, inAll: 10_000, retryAfterMs: 1_000 };

/** The streams of the single-connection mode by their tokens, each known to none but who reserved it. */
export class ReservedStreams {
  readonly #reservations = new Map<string, { readonly reserver: string; readonly stream: ReservedStream }>();
  readonly #unopened = new Places(UNOPENED);

  /** @param patienceMs how long a stream waits to be opened. */
  constructor(
    private readonly operations: Operations,
    private readonly patienceMs: number,
  ) {}

  /** The token of a new stream. RATE_LIMITED where too many have not been opened. */
  reserve(reserver: string): string {
    const giveBack = this.#unopened.take(reserver);
    const token = randomBytes(32).toString('base64url');
    const expire = setTimeout(() => void stream.close(), this.patienceMs);
    expire.unref();
    const waitedFor = (): void => {
      clearTimeout(expire);
      giveBack();
    };
    const stream = new ReservedStream(this.operations, {
      opened: waitedFor,
      closed: () => {
        waitedFor();
        this.#reservations.delete(token);
      },
    });
    this.#reservations.set(token, { reserver, stream });
    return token;
  }

  /** For anybody but who reserved it, there is none. */
  find(token: string, reserver: string): ReservedStream | undefined {
    const reservation = this.#reservations.get(token);
    return reservation?.reserver === reserver ? reservation.stream : undefined;
  }
}
