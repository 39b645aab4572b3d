import { ChangeDetectionStrategy, Component, DestroyRef, inject, output, signal } from '@angular/core';

const SLOW_MS = 9_000;

/** Nothing has arrived yet: a quiet shimmer, and after a while a word about it. */
@Component({
  selector: 'app-reply-waiting',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="shimmer" aria-hidden="true"><span></span><span></span></div>
    @if (slow()) {
      <p role="status">
        <ng-container i18n>The model is slow to answer.</ng-container>
        <button type="button" class="plain-button" (click)="stopRequested.emit()" i18n>Stop it</button>
      </p>
    }
  `,
  styles: `
    .shimmer {
      display: grid;
      gap: 12px;
      padding-block: 8px 12px;
    }
    span {
      width: 62%;
      height: 10px;
      border-radius: 5px;
      background: linear-gradient(90deg, var(--bubble) 30%, var(--line) 50%, var(--bubble) 70%) 0 0 / 300%
        100%;
      animation: drift 2.2s linear infinite;
    }
    span + span {
      width: 38%;
    }
    p {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 12px;
      color: var(--muted);
      font: var(--text-s);
      animation: appear 160ms ease-out;
    }
    @keyframes drift {
      from {
        background-position: 100% 0;
      }
      to {
        background-position: -50% 0;
      }
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  `,
})
export class ReplyWaiting {
  readonly stopRequested = output();
  protected readonly slow = signal(false);

  constructor() {
    const timer = setTimeout(() => this.slow.set(true), SLOW_MS);
    inject(DestroyRef).onDestroy(() => clearTimeout(timer));
  }
}
