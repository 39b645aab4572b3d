import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

describe(Turns.name, () => {
  /** Work that ends when it is told to. */
  function openWork(turns: Turns, started: string[], name: string) {
    const end = Promise.withResolvers<string>();
    const done = turns.take(() => {
      started.push(name);
      return end.promise;
    });
    return { done, end };
  }

  it('does so many at once, the others in their order, and refuses whom there is no room for', async () => {
    const turns = new Turns(2, 1);
    const started: string[] = [];
    const [a, b, c] = ['a', 'b', 'c'].map((name) => openWork(turns, started, name));
    expect(started).toEqual(['a', 'b']);
    await expect(turns.take(() => Promise.resolve())).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    b?.end.resolve('b');
    await b?.done;
    expect(started).toEqual(['a', 'b', 'c']);
    a?.end.resolve('a');
    c?.end.resolve('c');
    expect(await Promise.all([a?.done, c?.done])).toEqual(['a', 'c']);
  });

  it('gives the turn on where the work fails', async () => {
    const turns = new Turns(1, 1);
    const started: string[] = [];
    const [a, b] = ['a', 'b'].map((name) => openWork(turns, started, name));
    a?.end.reject(new Error('no'));
    await expect(a?.done).rejects.toThrow('no');
    b?.end.resolve('b');
    expect(await b?.done).toBe('b');
    expect(await turns.take(() => Promise.resolve('c'))).toBe('c');
  });
});
