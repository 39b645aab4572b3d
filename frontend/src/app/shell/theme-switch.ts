import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { Icon, type IconName } from './icon';
import { Theme, type ThemeName } from './theme';

const ICONS: Record<ThemeName, IconName> = { system: 'system', light: 'sun', dark: 'moon' };
const LABELS: Record<ThemeName, () => string> = {
  system: () => $localize`Theme: system`,
  light: () => $localize`Theme: light`,
  dark: () => $localize`Theme: dark`,
};

/** One button that goes round: system, light, dark. */
@Component({
  selector: 'app-theme-switch',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `
    <button
      type="button"
      class="icon-button"
      [attr.aria-label]="label()"
      [title]="label()"
      (click)="theme.next()"
    >
      <app-icon [name]="icon()" />
    </button>
  `,
})
export class ThemeSwitch {
  protected readonly theme = inject(Theme);
  protected readonly icon = computed(() => ICONS[this.theme.name()]);
  protected readonly label = computed(() => LABELS[this.theme.name()]());
}
