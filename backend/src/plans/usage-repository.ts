import type { UsageFigures } from './usage.js';

/** What was used. It is written where sessions are: reserved as they start, settled as they end. */
export abstract class UsageRepository {
  /** By user, for each of them. */
  abstract of(userIds: readonly string[]): Promise<Map<string, UsageFigures>>;
}
