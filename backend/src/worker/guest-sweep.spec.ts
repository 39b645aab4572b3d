import { Logger } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import type { AccountRepository } from '../accounts/account-repository.js';
import { InMemoryAccountBell } from '../bell/in-memory-account-bell.js';
import type { AppConfig } from '../config/app-config.js';
import { GuestSweep } from './guest-sweep.js';

Logger.overrideLogger(false);

describe(GuestSweep.name, () => {
  /** A sweep of so many guests who are gone, and whom it has deleted and rung for. */
  function sweepOf(guests: number, guestRetentionDays = 30, firstFailure?: Error) {
    const left = Array.from({ length: guests }, (_, index) => `guest-${index}`);
    const [asked, rung]: [number[], string[]] = [[], []];
    const accounts = {
      removeGuests: (days: number, atMost: number) => {
        asked.push(days);
        if (firstFailure && asked.length === 1) return Promise.reject(firstFailure);
        return Promise.resolve(left.splice(0, atMost));
      },
    } as AccountRepository;
    const bell = new InMemoryAccountBell();
    bell.listen({ changed: (userId) => rung.push(userId), missed: () => undefined });
    return { sweep: new GuestSweep(accounts, bell, { guestRetentionDays } as AppConfig), left, asked, rung };
  }

  it('deletes all of them, in batches, and has every process forget them', async () => {
    const { sweep, left, asked, rung } = sweepOf(120);
    await sweep.sweep();
    expect(left).toEqual([]);
    expect(rung).toHaveLength(120);
    expect(asked).toEqual([30, 30, 30]);
  });

  it('begins as the process starts', async () => {
    const { sweep, left } = sweepOf(1);
    sweep.onApplicationBootstrap();
    await sweep.onModuleDestroy();
    expect(left).toEqual([]);
  });

  it('does nothing where guests are kept for ever', async () => {
    const { sweep, asked } = sweepOf(1, 0);
    sweep.onApplicationBootstrap();
    await sweep.onModuleDestroy();
    expect(asked).toEqual([]);
  });

  it('tries again in the next round what failed', async () => {
    const { sweep, left } = sweepOf(1, 30, new Error('away'));
    await sweep.sweep();
    expect(left).toHaveLength(1);
    await sweep.sweep();
    expect(left).toEqual([]);
  });
});
