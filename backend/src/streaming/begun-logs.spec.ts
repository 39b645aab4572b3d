import { beforeEach, describe, expect, it } from '@jest/globals';
import { LogRenewals } from './log-renewals.js';

describe(LogRenewals.name, () => {
  let seconds: number;
  let renewals: LogRenewals;
  beforeEach(() => {
    seconds = 0;
    renewals = new LogRenewals(100, () => seconds * 1_000);
    renewals.begun('s');
  });

  describe('isDue', () => {
    it('keeps a log for its TTL after any write, without a renewal at each', () => {
      let renewedAt = 0;
      let count = 0;
      for (; seconds < 1_000; seconds += 1) {
        if (renewals.isDue('s')) {
          renewedAt = seconds;
          count += 1;
        }
        expect(renewedAt + renewals.lifetimeSeconds).toBeGreaterThan(seconds + 100);
      }
      expect(count).toBeLessThan(50);
    });

    it('is so for a log that another process began', () => {
      expect(renewals.isDue('other')).toBe(true);
      expect(renewals.isDue('other')).toBe(true);
    });
  });

  describe('isFirstWrite', () => {
    it('is so once for each log that was begun here', () => {
      expect(['s', 's', 'other'].map((id) => renewals.isFirstWrite(id))).toEqual([true, false, false]);
      renewals.begun('s');
      expect(renewals.isFirstWrite('s')).toBe(true);
    });
  });

  it('forgets a log that has ended, and those that are gone', () => {
    renewals.ended('s');
    expect(renewals.size).toBe(0);
    for (; seconds < 1_000; seconds += 1) renewals.begun(`${seconds}`);
    expect(renewals.size).toBeLessThanOrEqual(renewals.lifetimeSeconds);
  });
});
