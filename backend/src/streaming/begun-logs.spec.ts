import { beforeEach, describe, expect, it } from '@jest/globals';
import { BegunLogs } from './begun-logs.js';

describe(BegunLogs.name, () => {
  let seconds: number;
  let logs: BegunLogs;
  beforeEach(() => {
    seconds = 0;
    logs = new BegunLogs(100, () => seconds * 1_000);
    logs.begun('s', 1, 0);
  });

  describe('isDue', () => {
    it('keeps a log for its TTL after any write, without a renewal at each', () => {
      let renewedAt = 0;
      let count = 0;
      for (; seconds < 1_000; seconds += 1) {
        if (logs.isDue('s')) {
          renewedAt = seconds;
          count += 1;
        }
        expect(renewedAt + logs.lifetimeSeconds).toBeGreaterThan(seconds + 100);
      }
      expect(count).toBeLessThan(50);
    });

    it('is so for a log that another process began', () => {
      expect(logs.isDue('other')).toBe(true);
      expect(logs.isDue('other')).toBe(true);
    });
  });

  describe('isFirstWrite', () => {
    it('is so once for each log that was begun here', () => {
      expect(['s', 's', 'other'].map((id) => logs.isFirstWrite(id))).toEqual([true, false, false]);
      logs.begun('s', 1, 0);
      expect(logs.isFirstWrite('s')).toBe(true);
    });
  });

  describe('find', () => {
    it('knows the logs that were begun here, attempt by attempt', () => {
      logs.begun('s', 2, 17);
      expect(logs.find('s', 2)).toMatchObject({ last: 17 });
      expect(logs.find('s', 1)).toBeUndefined();
      expect(logs.find('other', 1)).toBeUndefined();
    });

    it('no longer knows a log that was not written for longer than its TTL', () => {
      seconds = 100;
      expect(logs.find('s', 1)).toBeDefined();
      seconds = 101;
      expect(logs.find('s', 1)).toBeUndefined();
      expect(logs.isDue('s')).toBe(true);
      expect(logs.find('s', 1)).toBeUndefined();
    });
  });

  it('forgets a log that has ended, and those that are gone', () => {
    logs.ended('s');
    expect(logs.size).toBe(0);
    for (; seconds < 1_000; seconds += 1) logs.begun(`${seconds}`, 1, 0);
    expect(logs.size).toBeLessThanOrEqual(logs.lifetimeSeconds);
  });
});
