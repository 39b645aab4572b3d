import { InjectionToken } from '@angular/core';

/** What the reader's clock says, in milliseconds since 1970. */
export const WALL_CLOCK = new InjectionToken<() => number>('wall clock', {
  providedIn: 'root',
  factory: () => () => Date.now(),
});
