import { rateLimited } from '../../limits/rate-limited.js';

interface Bounds {
  /** Of one holder. */
  readonly each: number;
  readonly inAll: number;
  /** When one may be free again: what those are told who find none. */
  readonly retryAfterMs: number;
}

/** Places that are taken and given back. Whoever finds none is RATE_LIMITED. */
export class Places {
  readonly #taken = new Map<string, number>();
  #takenInAll = 0;

  constructor(private readonly bounds: Bounds) {}

  /** Returns what gives the place back; to call it again changes nothing. */
  take(holder: string): () => void {
    const own = this.#taken.get(holder) ?? 0;
    const { each, inAll, retryAfterMs } = this.bounds;
    if (own >= each || this.#takenInAll >= inAll) throw rateLimited(retryAfterMs);
    this.#taken.set(holder, own + 1);
    this.#takenInAll++;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#giveBack(holder);
    };
  }

  #giveBack(holder: string): void {
    const left = (this.#taken.get(holder) ?? 0) - 1;
    this.#takenInAll--;
    if (left > 0) this.#taken.set(holder, left);
    else this.#taken.delete(holder);
  }
}
