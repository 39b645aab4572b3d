import { DOCUMENT, assertInInjectionContext, inject, signal, type Signal } from '@angular/core';

/** Whether a media query holds, as a signal. */
export function mediaMatches(query: string): Signal<boolean> {
  assertInInjectionContext(mediaMatches);
  const list = inject(DOCUMENT).defaultView?.matchMedia?.(query);
  const matches = signal(list?.matches ?? false);
  list?.addEventListener('change', (event) => matches.set(event.matches));
  return matches.asReadonly();
}
