import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  afterNextRender,
  computed,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import type { FailureCode } from '../graphql/failure';
import { WAY_ON_LABELS, errorSentence, waysOn, type ErrorNames, type WayOn } from './error-text';

/** What went wrong, in a sentence, and the buttons that lead on. */
@Component({
  selector: 'app-error-banner',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './error-banner.html',
  styleUrl: './error-banner.css',
})
export class ErrorBanner {
  readonly code = input.required<FailureCode>();
  readonly names = input<ErrorNames>({});
  /** The server's own words, for who asks. */
  readonly detail = input<string>();
  readonly taken = output<WayOn>();

  protected readonly labels = WAY_ON_LABELS;
  protected readonly detailShown = signal(false);
  readonly #secondsLeft = signal<number | undefined>(undefined);
  protected readonly sentence = computed(() =>
    errorSentence(this.code(), { ...this.names(), seconds: this.#secondsLeft() }),
  );
  protected readonly ways = computed(() =>
    waysOn(this.code(), this.names()).filter((way) => way !== 'details' || this.detail()),
  );
  protected readonly waiting = computed(() => this.#secondsLeft() ?? 0);

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const { retryAfterMs } = this.names();
      if (retryAfterMs === undefined) return;
      this.#secondsLeft.set(Math.ceil(retryAfterMs / 1000));
      const clock = setInterval(() => this.#tick(), 1000);
      destroyed.onDestroy(() => clearInterval(clock));
    });
  }

  /** Asking the same model again is pointless before its time. */
  protected waits(way: WayOn): boolean {
    return (way === 'try-again' || way === 'continue') && this.waiting() > 0;
  }

  protected take(way: WayOn): void {
    if (way === 'details') this.detailShown.update((shown) => !shown);
    else this.taken.emit(way);
  }

  #tick(): void {
    const left = this.#secondsLeft();
    if (!left) return;
    this.#secondsLeft.set(left - 1);
    if (left === 1 && this.code() === 'RATE_LIMITED') this.taken.emit('try-again');
  }
}
