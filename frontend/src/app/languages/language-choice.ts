import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Language } from './language';
import { LANGUAGES } from './languages';

/** The languages that the page speaks, side by side. */
@Component({
  selector: 'app-language-choice',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div role="group" aria-label="Language" i18n-aria-label>
      @for (one of languages; track one.tag) {
        <button
          type="button"
          class="quiet-button"
          [lang]="one.tag"
          [attr.aria-pressed]="one === language.current"
          (click)="language.pick(one)"
        >
          {{ one.name }}
        </button>
      }
    </div>
  `,
  styles: `
    div {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      margin-inline-start: -12px;
    }
    [aria-pressed='true'] {
      color: var(--text);
      text-decoration: underline;
      text-underline-offset: 6px;
    }
  `,
})
export class LanguageChoice {
  protected readonly language = inject(Language);
  protected readonly languages = LANGUAGES;
}
