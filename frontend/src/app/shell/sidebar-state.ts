import { Injectable, computed, inject, signal } from '@angular/core';
import { BrowserStorage } from '../browser/browser-storage';
import { mediaMatches } from '../browser/media';

const COLLAPSED = 'sidebar.collapsed';

/** Where the list of chats is: a column that stays as it was left, or on small screens a drawer that starts closed. */
@Injectable({ providedIn: 'root' })
export class SidebarState {
  readonly #storage = inject(BrowserStorage);
  readonly #wide = mediaMatches('(min-width: 1024px)');
  readonly #collapsed = signal(this.#storage.read(COLLAPSED) === 'yes');
  readonly #pulledOut = signal(false);

  readonly drawerOpen = computed(() => !this.#wide() && this.#pulledOut());
  readonly shown = computed(() => (this.#wide() ? !this.#collapsed() : this.#pulledOut()));

  toggle(): void {
    if (this.shown()) this.hide();
    else this.show();
  }

  show(): void {
    if (this.#wide()) this.#collapse('no');
    else this.#pulledOut.set(true);
  }

  hide(): void {
    if (this.#wide()) this.#collapse('yes');
    else this.#pulledOut.set(false);
  }

  /** On small screens the drawer has done its work when something was chosen in it. */
  closeDrawer(): void {
    this.#pulledOut.set(false);
  }

  #collapse(collapsed: 'yes' | 'no'): void {
    this.#collapsed.set(collapsed === 'yes');
    this.#storage.write(COLLAPSED, collapsed);
  }
}
