import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ViewerStore } from './viewer-store';
import { WayBack } from './way-back';

/** The first visit where guests are not allowed. */
@Component({
  selector: 'app-closed-door',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink],
  template: `
    <h1 i18n>What would you like to know?</h1>
    <p i18n>This server answers people who are signed in.</p>
    <div class="ways">
      <a class="main-button" routerLink="/sign-in" [queryParams]="params()" i18n>Sign in</a>
      @if (installation()?.signUpAllowed) {
        <a
          class="plain-button"
          routerLink="/sign-in"
          [queryParams]="{ account: 'new', back: params().back }"
          i18n
        >
          Create an account
        </a>
      }
    </div>
  `,
  styles: `
    :host {
      display: grid;
      align-content: center;
      justify-items: center;
      gap: 16px;
      padding: var(--gutter);
      text-align: center;
    }
    h1 {
      font: var(--text-xl);
      font-weight: 500;
      letter-spacing: -0.015em;
      text-wrap: balance;
    }
    p {
      color: var(--muted);
    }
    .ways {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: 8px;
    }
  `,
})
export class ClosedDoor {
  protected readonly installation = inject(ViewerStore).installation;
  protected readonly params = inject(WayBack).params;
}
