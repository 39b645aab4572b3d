import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../test/support/until.js';
import { Batches } from './batches.js';

const HOUR_MS = 3_600_000;

describe(Batches.name, () => {
  const sent: (readonly string[])[] = [];
  let answers: ((outcome: string[] | Error) => void)[];
  const send = (items: readonly string[]): Promise<string[]> => {
    sent.push(items);
    return new Promise((resolve, reject) =>
      answers.push((outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome))),
    );
  };
  const open = (gapMs: number) =>
    new Batches(send, { gapMs, maxWeight: 10, weigh: ({ length }: string) => length });

  /** Answers the batch that is under way with its items. */
  const answer = async (outcome: string[] | Error = [...(sent.at(-1) ?? [])]) => {
    answers.shift()?.(outcome);
    await nextTurn();
  };

  beforeEach(() => {
    sent.length = 0;
    answers = [];
  });

  it('sends at once what comes in one turn of the event loop', async () => {
    const batches = open(HOUR_MS);
    const outcomes = Promise.all([batches.add('a'), batches.add('b')]);
    await nextTurn();
    expect(sent).toEqual([['a', 'b']]);
    await answer(['A', 'B']);
    expect(await outcomes).toEqual(['A', 'B']);
  });

  it('has one batch under way; what comes meanwhile goes together when it has returned', async () => {
    const batches = open(0);
    const outcomes = [batches.add('a')];
    await nextTurn();
    outcomes.push(batches.add('b'));
    await nextTurn();
    outcomes.push(batches.add('c'));
    await nextTurn();
    expect(sent).toEqual([['a']]);
    await answer();
    await until(() => sent.length === 2);
    expect(sent).toEqual([['a'], ['b', 'c']]);
    await answer();
    expect(await Promise.all(outcomes)).toEqual(['a', 'b', 'c']);
  });

  it('leaves a gap between two batches', async () => {
    const batches = open(20);
    const [first, second] = [batches.add('a'), nextTurn().then(() => batches.add('b'))];
    await nextTurn();
    const leftAt = performance.now();
    await answer();
    await first;
    await until(() => sent.length === 2);
    expect(performance.now() - leftAt).toBeGreaterThan(15);
    await answer();
    await second;
  });

  it('sends an item alone that is heavier than a batch may be', async () => {
    const batches = open(0);
    const outcomes = ['a', '0123456789012', 'b'].map((item) => batches.add(item));
    for (let batch = 1; batch <= 3; batch++) {
      await until(() => sent.length === batch);
      await answer();
    }
    expect(sent).toEqual([['a'], ['0123456789012'], ['b']]);
    await Promise.all(outcomes);
  });

  it('sends again what was not answered, before what came later', async () => {
    const batches = open(0);
    const outcomes = ['a', 'b'].map((item) => batches.add(item));
    await nextTurn();
    outcomes.push(batches.add('c'));
    await answer(['A']);
    await until(() => sent.length === 2);
    expect(sent[1]).toEqual(['b', 'c']);
    await answer(['B', 'C']);
    expect(await Promise.all(outcomes)).toEqual(['A', 'B', 'C']);
  });

  it('fails with a batch what waits behind it, and goes on with what comes later', async () => {
    const batches = open(0);
    const first = batches.add('a');
    await nextTurn();
    const failures = Promise.allSettled([first, batches.add('b')]);
    await answer(new Error('away'));
    expect((await failures).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const later = batches.add('c');
    await until(() => sent.length === 2);
    await answer();
    expect(await later).toBe('c');
  });
});
