import type { Access } from '../accounts/viewer.js';

/** What a stream stands on. */
export interface StreamKey {
  readonly access: Access;
  /** Left out where it is no reply that is read. */
  readonly sessionId?: string;
}

/** Why a stream must end: its reader's access or its session is over, or the session is not there any more. */
export type StreamEnd = 'access-over' | 'session-over' | 'session-gone';

/** Whether what streams stand on still holds, by the database and its clock. */
export abstract class StreamRepository {
  /** Those that must end, by their place in `streams`, all in one statement. */
  abstract ended(
    streams: readonly StreamKey[],
  ): Promise<{ readonly index: number; readonly end: StreamEnd }[]>;
}
