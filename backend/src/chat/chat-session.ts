/** `EXPIRED` ends a session that nobody finished in time; the others end with their message. */
export const SESSION_STATUSES = ['PENDING', 'STREAMING', 'COMPLETE', 'STOPPED', 'FAILED', 'EXPIRED'] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** What the response cache may do for one reply; the words of the public API. */
export const CACHE_POLICIES = ['USE', 'REFRESH', 'BYPASS'] as const;
export type CachePolicy = (typeof CACHE_POLICIES)[number];

/** The making of one reply. */
export interface ChatSession {
  readonly id: string;
  readonly chatId: string;
  readonly userMessageId: string;
  readonly assistantMessageId: string;
  /** The reply stands beside the chat's own, to be compared with it. */
  readonly companion: boolean;
  readonly modelId: string;
  readonly status: SessionStatus;
  /** How often a worker has begun this reply. */
  readonly attempts: number;
  readonly cachePolicy: CachePolicy;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** By the database's clock, at the moment of reading. */
  readonly expired: boolean;
}

/** Whether the reply is over, however it ended. */
export function isEnded(status: SessionStatus): boolean {
  return status !== 'PENDING' && status !== 'STREAMING';
}
