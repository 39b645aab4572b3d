import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AppConfig } from '../config/app-config.js';
import type { GenerationAborted } from './generation-aborted.js';
import { Renewals, type RunningReply } from './renewals.js';
import { FakeSessions } from './testing/fake-sessions.js';

describe(Renewals.name, () => {
  let sessions: FakeSessions;
  let renewals: Renewals;
  let reasons: GenerationAborted['why'][];

  beforeEach(async () => {
    sessions = new FakeSessions();
    await sessions.claim();
    renewals = new Renewals(sessions, { sessionTtlSeconds: 600 } as AppConfig);
    reasons = [];
  });

  function reply(attempt = 1): RunningReply {
    return {
      ...{ sessionId: 'session', attempt, appended: { content: 'so far', reasoning: '' } },
      abort: ({ why }) => reasons.push(why),
    };
  }

  async function rounds(count: number): Promise<void> {
    for (let round = 0; round < count; round += 1) await renewals.round();
  }

  describe('keep', () => {
    it('lets a reply go on while it may, and saves it now and then', async () => {
      const end = renewals.keep(reply());
      await rounds(4);
      expect(sessions.partial.content).toBe('');
      await rounds(1);
      expect(sessions.partial.content).toBe('so far');
      end();
      expect(reasons).toEqual([]);
    });

    it('ends a reply whose stop came by the database alone', async () => {
      const end = renewals.keep(reply());
      sessions.stopRequested = true;
      await rounds(1);
      end();
      expect(reasons).toEqual(['stopped']);
    });

    it('ends the reply of an attempt that was overtaken, and no other', async () => {
      const ends = [renewals.keep(reply(1)), renewals.keep(reply(2))];
      await sessions.claim();
      await rounds(1);
      for (const end of ends) end();
      expect(reasons).toEqual(['fenced']);
    });

    it('saves nothing of a reply that has ended', async () => {
      const ends = [renewals.keep(reply()), renewals.keep(reply(9))];
      await rounds(4);
      ends[0]?.();
      await rounds(1);
      ends[1]?.();
      expect(sessions.partial.content).toBe('');
    });

    it('goes on where the database is away for a while', async () => {
      const end = renewals.keep(reply());
      sessions.away = true;
      await rounds(1);
      sessions.away = false;
      sessions.stopRequested = true;
      await rounds(1);
      end();
      expect(reasons).toEqual(['stopped']);
    });
  });
});
