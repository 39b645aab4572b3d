import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { FreshPage } from '../browser/fresh-page';

/**
 * Says that a script did not come. Browsers do not ask for it again, and a server of another version has it no more, so the
 * page has to begin anew. What was written is kept, and a reply goes on.
 */
@Component({
  selector: 'app-unloaded',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div role="alert">
      <p i18n>A part of the page could not be loaded.</p>
      <button type="button" class="plain-button" (click)="begin()" i18n>Reload</button>
    </div>
  `,
  styleUrl: './unloaded.css',
})
export class Unloaded {
  readonly #page = inject(FreshPage);
  readonly #router = inject(Router);
  /** Where somebody was on the way to; left out: here. */
  readonly url = input<string>();

  protected begin(): void {
    this.#page.openAt(this.url() ?? this.#router.url);
  }
}
