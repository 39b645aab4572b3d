import { Logger } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import type { AttachmentRepository } from '../chat/attachment-repository.js';
import { AttachmentSweep } from './attachment-sweep.js';

Logger.overrideLogger(false);

describe(AttachmentSweep.name, () => {
  /** A sweep of so many files that are of no use, and how many hours unsent ones were given. */
  function sweepOf(files: number) {
    const seen = { left: files, hours: [] as number[] };
    const attachments = {
      removeUnused: (unsentHours: number, atMost: number) => {
        seen.hours.push(unsentHours);
        const removed = Math.min(seen.left, atMost);
        seen.left -= removed;
        return Promise.resolve(removed);
      },
    } as AttachmentRepository;
    return { sweep: new AttachmentSweep(attachments), seen };
  }

  it('deletes all of them, in batches, and keeps for a day what may be sent yet', async () => {
    const { sweep, seen } = sweepOf(250);
    await sweep.sweep();
    expect(seen).toEqual({ left: 0, hours: [24, 24, 24] });
  });

  it('begins as the process starts', async () => {
    const { sweep, seen } = sweepOf(1);
    sweep.onApplicationBootstrap();
    await sweep.onModuleDestroy();
    expect(seen.left).toBe(0);
  });
});
