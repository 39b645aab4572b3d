import type { Viewer } from './account-api';

/** How the page calls somebody. */
export function viewerName({ isGuest, displayName }: Viewer): string {
  return isGuest ? $localize`Guest` : displayName;
}
