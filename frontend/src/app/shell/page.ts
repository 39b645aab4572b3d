import type { ElementRef } from '@angular/core';
import { ChangeDetectionStrategy, Component, afterNextRender, inject, input, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from './icon';
import { SidebarState } from './sidebar-state';

/** A page that is not a chat: its name in the thin bar, the way back to where one was, and room to scroll. */
@Component({
  selector: 'app-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, RouterLink],
  templateUrl: './page.html',
  styleUrl: './page.css',
})
export class Page {
  private readonly title = viewChild.required<ElementRef<HTMLElement>>('title');
  protected readonly sidebar = inject(SidebarState);

  readonly heading = input.required<string>();
  /** Where closing leads. */
  readonly back = input.required<string>();

  constructor() {
    // Whoever came by a menu that has closed since would have the focus nowhere.
    afterNextRender(() => this.title().nativeElement.focus({ preventScroll: true }));
  }
}
