import { describe, expect, it } from '@jest/globals';
import { cancellable } from './cancellable.js';

describe(cancellable.name, () => {
  it('lets go at once of a source that waits for a quiet promise', async () => {
    let released = false;
    const iterator = cancellable(async function* (signal) {
      try {
        yield 1;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      } finally {
        released = true;
      }
    });
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    const waiting = iterator.next();
    await iterator.return?.();
    expect(await waiting).toMatchObject({ done: true });
    expect(released).toBe(true);
  });
});
