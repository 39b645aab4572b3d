import type { ElementRef } from '@angular/core';
import { ChangeDetectionStrategy, Component, inject, signal, viewChild } from '@angular/core';
import { Icon } from '../shell/icon';
import { Language } from './language';
import { LanguageMenu } from './language-menu';

/** Which language the page speaks, and the way to another one. Its menu is loaded when somebody reaches for it. */
@Component({
  selector: 'app-language-switch',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, LanguageMenu],
  template: `
    <button
      #button
      type="button"
      class="icon-button"
      aria-haspopup="menu"
      [attr.aria-expanded]="menuOpen()"
      [attr.aria-label]="label"
      [title]="label"
      (click)="menuOpen.set(true)"
    >
      <app-icon name="globe" />
    </button>
    @if (menuOpen()) {
      @defer (on immediate) {
        <app-language-menu (closed)="close()" />
      }
    }
  `,
  styles: `
    :host {
      position: relative;
    }
  `,
})
export class LanguageSwitch {
  private readonly button = viewChild.required<ElementRef<HTMLButtonElement>>('button');
  protected readonly menuOpen = signal(false);
  protected readonly label = $localize`Language: ${inject(Language).current.name}:language:`;

  protected close(): void {
    this.menuOpen.set(false);
    this.button().nativeElement.focus();
  }
}
