import type { AppConfig } from '../config/app-config.js';
import { AppError } from '../errors/app-error.js';
import type { Clock } from './clock.js';

/** Why a call ends that nobody waits for any more. Made once: the reason that `abort()` makes by itself has a stack. */
const LEFT = new Error('nobody waits for this call any more');

export type Deadlines = Pick<
  AppConfig['generation'],
  'firstTokenTimeoutMs' | 'idleTimeoutMs' | 'totalTimeoutMs'
>;

/**
 * Aborts one vendor call when it takes too long, with PROVIDER_TIMEOUT as the reason, or when the signal above
 * it aborts, with that one's reason. Whoever makes one disposes of it or retires it: then no timer and no listener is left.
 */
export class CallWatchdog {
  readonly #controller = new AbortController();
  readonly #startedAt: number;
  readonly #follow = () => this.#controller.abort(this.outer.reason);
  #tokensBegan = false;
  /** Until when the vendor is waited for; undefined while it is not. */
  #until: number | undefined;
  /** When the timer fires: never later than that. It is not set anew for each token. */
  #timerAt = Infinity;
  #cancelTimer: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly deadlines: Deadlines,
    private readonly outer: AbortSignal,
  ) {
    this.#startedAt = clock.now();
    if (outer.aborted) this.#follow();
    else outer.addEventListener('abort', this.#follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The vendor is being waited for. Before its first token that has one deadline, however many events come. */
  waiting(): void {
    const { firstTokenTimeoutMs, idleTimeoutMs } = this.deadlines;
    const until = this.#tokensBegan
      ? this.clock.now() + idleTimeoutMs
      : this.#startedAt + firstTokenTimeoutMs;
    this.#until = until;
    if (this.#timerAt > until) this.#setTimer(until);
  }

  /** The vendor has answered; the time that our own side takes now is not the vendor's. */
  answered(): void {
    this.#until = undefined;
  }

  tokensBegan(): void {
    this.#tokensBegan = true;
  }

  /** Leaves the vendor call to itself: it is over. */
  retire(): void {
    this.#cancelTimer();
    this.outer.removeEventListener('abort', this.#follow);
  }

  /** Ends the vendor call, which may still be under way. */
  dispose(): void {
    this.retire();
    this.#controller.abort(LEFT);
  }

  #setTimer(at: number): void {
    this.#cancelTimer();
    this.#timerAt = at;
    this.#cancelTimer = this.clock.after(at - this.clock.now(), () => this.#check());
  }

  #check(): void {
    this.#timerAt = Infinity;
    if (this.#until === undefined) return;
    if (this.clock.now() < this.#until) this.#setTimer(this.#until);
    else this.#controller.abort(timeout(this.#tokensBegan ? 'the next token' : 'the first token'));
  }
}

/** The public error of a deadline that has passed; `what` names what did not come. */
export function timeout(what: string): AppError {
  return new AppError('PROVIDER_TIMEOUT', `The provider took too long: ${what} did not come in time.`);
}
