import type { AppConfig } from '../config/app-config.js';
import { AppError } from '../errors/app-error.js';
import type { Clock } from './clock.js';

export type Deadlines = Pick<
  AppConfig['generation'],
  'firstTokenTimeoutMs' | 'idleTimeoutMs' | 'totalTimeoutMs'
>;

/**
 * Aborts one vendor call when it takes too long, with PROVIDER_TIMEOUT as the reason, or when the signal above
 * it aborts, with that one's reason. Whoever makes one disposes of it: then no timer and no listener is left.
 */
export class CallWatchdog {
  readonly #controller = new AbortController();
  readonly #startedAt: number;
  readonly #follow = () => this.#controller.abort(this.outer.reason);
  #tokensBegan = false;
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
    const [ms, what] = this.#tokensBegan
      ? [idleTimeoutMs, 'the next token']
      : [this.#startedAt + firstTokenTimeoutMs - this.clock.now(), 'the first token'];
    this.#cancelTimer = this.clock.after(ms, () => this.#controller.abort(timeout(what)));
  }

  /** The vendor has answered; the time that our own side takes now is not the vendor's. */
  answered(): void {
    this.#cancelTimer();
  }

  tokensBegan(): void {
    this.#tokensBegan = true;
  }

  /** Ends the vendor call, if it is still under way. */
  dispose(): void {
    this.#cancelTimer();
    this.outer.removeEventListener('abort', this.#follow);
    this.#controller.abort();
  }
}

/** The public error of a deadline that has passed; `what` names what did not come. */
export function timeout(what: string): AppError {
  return new AppError('PROVIDER_TIMEOUT', `The provider took too long: ${what} did not come in time.`);
}
