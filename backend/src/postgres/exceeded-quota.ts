import { DatabaseError } from 'pg';
import type { DataSource } from 'typeorm';
import { AppError, type QuotaName } from '../errors/app-error.js';
import { PERIODS } from './usage-statements.js';

const CHECK_VIOLATION = '23514';

/** The checks of `usage`, by what they hold within its limit. */
const CHECKS: Readonly<Record<string, QuotaName>> = {
  usage_messages_within_limit: 'messagesToday',
  usage_tokens_within_limit: 'tokensThisMonth',
  usage_replies_within_limit: 'repliesAtOnce',
};

/** The limit that a start was above, where that is what its statement failed by. */
export function exceededQuota(error: unknown): QuotaName | undefined {
  if (!(error instanceof DatabaseError) || error.code !== CHECK_VIOLATION) return undefined;
  return CHECKS[error.constraint ?? ''];
}

/** QUOTA_EXCEEDED, with what is used up and the time at which the quota comes back. */
export async function quotaError(db: DataSource, quota: QuotaName, cause: unknown): Promise<AppError> {
  if (quota === 'repliesAtOnce') {
    return new AppError('QUOTA_EXCEEDED', 'As many replies are being written as the plan allows at once.', {
      cause,
      facts: { quota },
    });
  }
  const [periods] = await PERIODS.run(db, []);
  const [resets, message] =
    quota === 'messagesToday'
      ? [periods?.dayEnds, 'The messages that the plan allows a day are used up.']
      : [periods?.monthEnds, 'The tokens that the plan allows a month do not suffice for this reply.'];
  return new AppError('QUOTA_EXCEEDED', message, {
    cause,
    facts: { quota, resetsAt: resets?.toISOString() },
  });
}
