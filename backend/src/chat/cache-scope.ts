import type { AppConfig } from '../config/app-config.js';
import type { Claim } from './session-repository.js';

/** Whose replies may answer what this session asks, as a part of the cache's keys; `undefined`: nobody's. */
export function cacheScopeOf({ session, userId }: Claim, { responseCache }: AppConfig): string | undefined {
  if (responseCache.scope === 'off' || session.cachePolicy === 'BYPASS') return undefined;
  return responseCache.scope === 'shared' ? 'shared' : userId;
}
