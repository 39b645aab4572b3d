import { beforeEach, describe, expect, it } from '@jest/globals';
import { type BegunLog, BegunLogs } from './begun-logs.js';
import { ATTEMPT_SPAN } from './token-stream.js';

describe(BegunLogs.name, () => {
  let seconds: number;
  let logs: BegunLogs;
  let log: BegunLog;
  beforeEach(() => {
    seconds = 0;
    logs = new BegunLogs(100, () => seconds * 1_000);
    log = logs.begun('s', 1, 0);
  });

  describe('isDue', () => {
    it('keeps a log for its TTL after any write, without a renewal at each', () => {
      let renewedAt = 0;
      let count = 0;
      for (; seconds < 1_000; seconds += 1) {
        if (logs.isDue('s', log)) {
          renewedAt = seconds;
          count += 1;
        }
        expect(renewedAt + logs.lifetimeSeconds).toBeGreaterThan(seconds + 100);
      }
      expect(count).toBeLessThan(50);
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
    });
  });

  it('knows for a while that a log has ended, and not for ever', () => {
    expect(logs.hasEnded('s')).toBe(false);
    logs.ended('s', log);
    expect(logs.find('s', 1)).toBeUndefined();
    expect(logs.hasEnded('s')).toBe(true);
    seconds += 10;
    logs.ended('t', logs.begun('t', 1, 0));
    expect([logs.hasEnded('s'), logs.hasEnded('t'), logs.size]).toEqual([false, true, 1]);
  });

  it('keeps the log of a later attempt when an earlier one ends, is renewed or forgotten', () => {
    const later = logs.begun('s', 2, ATTEMPT_SPAN);
    seconds = 30;
    logs.isDue('s', log);
    logs.forget('s', log);
    logs.ended('s', log);
    expect(logs.find('s', 2)).toBe(later);
  });

  it('forgets logs that are gone', () => {
    for (; seconds < 1_000; seconds += 1) logs.begun(`${seconds}`, 1, 0);
    expect(logs.size).toBeLessThanOrEqual(logs.lifetimeSeconds);
  });
});
