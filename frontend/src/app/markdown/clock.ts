import { InjectionToken } from '@angular/core';

/** Milliseconds that never run backwards, from any beginning. */
export const CLOCK = new InjectionToken<() => number>('clock', {
  providedIn: 'root',
  factory: () => () => performance.now(),
});
