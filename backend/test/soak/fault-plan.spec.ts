import { describe, expect, it } from '@jest/globals';
import { FAULT_KINDS, planFaults } from './fault-plan.js';

const TEN_MINUTES = { seed: '7', durationMs: 600_000, intervalMs: 2_500, kinds: FAULT_KINDS };

describe('planFaults', () => {
  it('follows from the seed alone', () => {
    expect(planFaults(TEN_MINUTES)).toEqual(planFaults(TEN_MINUTES));
    expect(planFaults({ ...TEN_MINUTES, seed: '8' })).not.toEqual(planFaults(TEN_MINUTES));
  });

  it('kills at least a hundred times in ten minutes, and leaves no kind of fault out', () => {
    const kinds = planFaults(TEN_MINUTES).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind.startsWith('kill-')).length).toBeGreaterThanOrEqual(100);
    expect(new Set(kinds)).toEqual(new Set(FAULT_KINDS));
  });

  it('has only the kinds that are asked for, in order, while there is load', () => {
    const plan = planFaults({ ...TEN_MINUTES, durationMs: 60_000, kinds: ['cut-redis'] });
    expect(new Set(plan.map(({ kind }) => kind))).toEqual(new Set(['cut-redis']));
    expect(plan.map(({ atMs }) => atMs)).toEqual(plan.map(({ atMs }) => atMs).sort((a, b) => a - b));
    expect(plan.at(-1)?.atMs).toBeLessThan(60_000);
  });
});
