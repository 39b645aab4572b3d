import {
  ChangeDetectionStrategy,
  Component,
  afterNextRender,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { ShortcutSheetState } from '../shell/shortcut-sheet-state';
import type { Viewer } from './account-api';
import { leftOf } from './quota-text';
import { viewerName } from './viewer-name';
import { ViewerStore } from './viewer-store';

/** Who is here, what is left of their plan, and where to change it; opens as soon as it is there. */
@Component({
  selector: 'app-account-menu',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [MatMenu, MatMenuItem, MatMenuTrigger, RouterLink],
  templateUrl: './account-menu.html',
  styleUrl: './account-menu.css',
})
export class AccountMenu {
  private readonly trigger = viewChild.required(MatMenuTrigger);
  protected readonly installation = inject(ViewerStore).installation;
  protected readonly shortcutSheet = inject(ShortcutSheetState);
  protected readonly leftOf = leftOf;
  protected readonly viewerName = viewerName;

  readonly viewer = input.required<Viewer>();
  /** Where to come back to after signing in. */
  readonly back = input.required<string>();
  readonly left = output();
  readonly signOutChosen = output();
  readonly closed = output();

  constructor() {
    afterNextRender(() => this.trigger().openMenu());
  }
}
