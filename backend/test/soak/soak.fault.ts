import { describe, expect, it } from '@jest/globals';
import { check } from './checker/check.js';
import type { ViolationName } from './checker/violation.js';
import { FAULT_KINDS } from './fault-plan.js';
import { BREAKS, type Break, type SoakOptions } from './options.js';
import { soak } from './soak.js';

const SHORT: SoakOptions = {
  ...{ seed: 'short', durationMs: 20_000, intervalMs: 2_000, settleMs: 60_000 },
  ...{ kinds: FAULT_KINDS, users: 4, rate: 20, apis: 2, workers: 2 },
};

/** Long replies and long pauses: a worker that comes back after it has been replaced is all that fencing is for. */
const LATE_COMERS: SoakOptions = {
  ...{ ...SHORT, durationMs: 30_000, intervalMs: 4_000, settleMs: 90_000 },
  ...{ kinds: ['pause-worker'], users: 5, rate: 5, workers: 3 },
};

/** What each break does at least. */
const REPORTED: Record<Break, ViolationName> = {
  'drop-event': 'text-not-sent',
  'repeat-event': 'number-not-rising',
  'skip-fencing': 'text-not-sent',
};

describe('a short soak', () => {
  it('finds every promise kept, whatever breaks', async () => {
    const record = await soak(SHORT, () => undefined);
    expect(check(record)).toEqual([]);
    expect(record.sessions.length).toBeGreaterThan(SHORT.users);
    expect(record.faults.length).toBeGreaterThan(5);
  });

  it.each(BREAKS)('finds out when the system is made to %s', async (kind) => {
    const record = await soak({ ...LATE_COMERS, break: kind }, () => undefined);
    expect(check(record).map(({ name }) => name)).toContain(REPORTED[kind]);
  });
});
