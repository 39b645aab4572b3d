import { DatabaseError } from 'pg';
import type { DataSource } from 'typeorm';
import { AppError } from '../errors/app-error.js';
import { PERIODS } from './usage-statements.js';

const CHECK_VIOLATION = '23514';

/** The checks of `usage`, by the limit that they hold. */
const CHECKS = {
  usage_messages_within_limit: 'messages-a-day',
  usage_tokens_within_limit: 'tokens-a-month',
  usage_replies_within_limit: 'replies-at-once',
} as const;

export type ExceededQuota = (typeof CHECKS)[keyof typeof CHECKS];

/** The limit that a start was above, where that is what its statement failed by. */
export function exceededQuota(error: unknown): ExceededQuota | undefined {
  if (!(error instanceof DatabaseError) || error.code !== CHECK_VIOLATION) return undefined;
  return CHECKS[error.constraint as keyof typeof CHECKS];
}

/** QUOTA_EXCEEDED, with the time at which the quota comes back. */
export async function quotaError(db: DataSource, quota: ExceededQuota, cause: unknown): Promise<AppError> {
  if (quota === 'replies-at-once') {
    return new AppError('QUOTA_EXCEEDED', 'As many replies are being written as the plan allows at once.', {
      cause,
    });
  }
  const [periods] = await PERIODS.run(db, []);
  const [resets, message] =
    quota === 'messages-a-day'
      ? [periods?.dayEnds, 'The messages that the plan allows a day are used up.']
      : [periods?.monthEnds, 'The tokens that the plan allows a month do not suffice for this reply.'];
  return new AppError('QUOTA_EXCEEDED', message, { cause, facts: { resetsAt: resets?.toISOString() } });
}
