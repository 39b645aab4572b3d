import {
  ChangeDetectionStrategy,
  Component,
  afterNextRender,
  inject,
  output,
  viewChild,
} from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Language } from './language';
import { LANGUAGES } from './languages';

/** The languages to pick from, each as its speakers call it; opens as soon as it is there. */
@Component({
  selector: 'app-language-menu',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [MatMenu, MatMenuItem, MatMenuTrigger],
  template: `
    <span aria-hidden="true" [matMenuTriggerFor]="menu" [matMenuTriggerRestoreFocus]="false"></span>
    <mat-menu #menu xPosition="before" yPosition="above" (closed)="closed.emit()">
      @for (one of languages; track one.tag) {
        <button
          mat-menu-item
          type="button"
          role="menuitemradio"
          [attr.aria-checked]="one === language.current"
          [lang]="one.tag"
          (click)="language.pick(one)"
        >
          {{ one.name }}
        </button>
      }
    </mat-menu>
  `,
  styles: `
    :host {
      position: absolute;
      inset-inline-end: 0;
      inset-block-start: 0;
    }
  `,
})
export class LanguageMenu {
  private readonly trigger = viewChild.required(MatMenuTrigger);
  protected readonly language = inject(Language);
  protected readonly languages = LANGUAGES;

  readonly closed = output();

  constructor() {
    afterNextRender(() => this.trigger().openMenu());
  }
}
