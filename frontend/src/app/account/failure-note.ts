import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Failure } from '../graphql/failure';
import { plainSentence } from '../graphql/plain-sentence';
import { WayBack } from './way-back';

/** Why a page has nothing to show, and the way on. */
@Component({
  selector: 'app-failure-note',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink],
  template: `
    <div role="alert">
      <p>{{ sentence() }}</p>
      @if (failure().code === 'UNAUTHENTICATED') {
        <a class="main-button" routerLink="/sign-in" [queryParams]="params()" i18n>Sign in</a>
      } @else {
        <button type="button" class="plain-button" (click)="again.emit()" i18n>Try again</button>
      }
    </div>
  `,
  styles: `
    div {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 16px;
    }
    a {
      text-decoration: none;
    }
  `,
})
export class FailureNote {
  readonly failure = input.required<Failure>();
  readonly again = output();
  protected readonly params = inject(WayBack).params;
  protected readonly sentence = computed(() => plainSentence(this.failure()));
}
