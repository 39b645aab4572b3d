import { beforeEach, describe, expect, it } from '@jest/globals';
import { RecentViewers } from './recent-viewers.js';
import { testViewer } from './testing/test-viewer.js';
import type { Viewer } from './viewer.js';

const ADA = testViewer();
const TOKEN = 'hash of a token';

describe(RecentViewers.name, () => {
  let now: number;
  let recent: RecentViewers;
  let lookUps: number;
  let there: Viewer | undefined;
  let endsInMs: number;

  beforeEach(() => {
    now = 0;
    recent = new RecentViewers(() => now, 2);
    lookUps = 0;
    there = ADA;
    endsInMs = 60_000;
  });

  function viewer(token = TOKEN): Promise<Viewer | undefined> {
    return recent.get(token, () => {
      lookUps += 1;
      return Promise.resolve(there && { viewer: there, endsInMs });
    });
  }

  describe('get', () => {
    it('looks up once what is asked for at once and soon after', async () => {
      expect(await Promise.all([viewer(), viewer()])).toEqual([ADA, ADA]);
      now += 4_999;
      expect(await viewer()).toEqual(ADA);
      expect(lookUps).toBe(1);
    });

    it('hears within five seconds of a sign-out that nobody told it', async () => {
      await viewer();
      there = undefined;
      now += 5_000;
      expect(await viewer()).toBeUndefined();
    });

    it('keeps nobody for longer than their access lasts', async () => {
      endsInMs = 100;
      await viewer();
      there = undefined;
      now += 99;
      expect(await viewer()).toEqual(ADA);
      now += 1;
      expect(await viewer()).toBeUndefined();
    });

    it('looks up each time who is nobody, and after a failure', async () => {
      there = undefined;
      expect(await viewer()).toBeUndefined();
      const away = () => Promise.reject(new Error('away'));
      await expect(recent.get(TOKEN, away)).rejects.toThrow('away');
      there = ADA;
      expect(await viewer()).toEqual(ADA);
    });

    it('keeps a bounded number', async () => {
      for (const token of ['a', 'b', 'c', 'a']) await viewer(token);
      expect(lookUps).toBe(4);
      await viewer('c');
      expect(lookUps).toBe(4);
    });
  });

  describe('forget', () => {
    it('takes effect at once, for the user alone', async () => {
      await viewer();
      recent.forget('grace');
      there = undefined;
      expect(await viewer()).toEqual(ADA);
      recent.forget('ada');
      expect(await viewer()).toBeUndefined();
    });

    it('also drops what was being looked up when something changed', async () => {
      const asked = viewer();
      there = undefined;
      recent.forget('ada');
      await asked;
      expect(await viewer()).toBeUndefined();
    });
  });

  describe('forgetAll', () => {
    it('looks everybody up anew', async () => {
      await viewer();
      recent.forgetAll();
      there = undefined;
      expect(await viewer()).toBeUndefined();
    });
  });
});
