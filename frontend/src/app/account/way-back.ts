import { Injectable, computed, inject } from '@angular/core';
import { Router } from '@angular/router';
import { TabStorage } from '../browser/tab-storage';

/** What the navigation says of itself that ends a round by an identity provider. */
export const FROM_PROVIDER = 'from-identity-provider';

const KEPT = 'back';
const HERE = 'http://here.invalid';

/** Where somebody was who goes to sign in, so that they come back there. */
@Injectable({ providedIn: 'root' })
export class WayBack {
  readonly #router = inject(Router);
  readonly #tab = inject(TabStorage);

  /** For links to the sign-in page. */
  readonly params = computed(() => ({
    back: ownPath(this.#router.lastSuccessfulNavigation()?.finalUrl?.toString()),
  }));

  /** The pages of an identity provider come between; this tab remembers meanwhile. */
  keep(path: string): void {
    this.#tab.write(KEPT, ownPath(path));
  }

  /** What was kept, once. */
  take(): string | null {
    const kept = this.#tab.read(KEPT);
    this.#tab.remove(KEPT);
    return kept && ownPath(kept);
  }
}

/** A place of this page that is not the sign-in page, or else the beginning: an address may come from anywhere. */
export function ownPath(path: string | null | undefined): string {
  if (!path || !URL.canParse(path, HERE)) return '/';
  // Browsers drop tabs and turn backslashes round, so that the look of a path says little.
  const { origin, pathname, search } = new URL(path, HERE);
  return origin === HERE && pathname !== '/sign-in' ? pathname + search : '/';
}
