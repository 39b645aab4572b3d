import { describe, expect, it } from '@jest/globals';
import { Places } from './places.js';

const BOUNDS = { each: 2, inAll: 3, retryAfterMs: 1_000 };
const REFUSED = expect.objectContaining({ code: 'RATE_LIMITED', retryAfterMs: 1_000 }) as unknown as Error;

describe(Places.name, () => {
  it('has so many for each, and so many in all', () => {
    const places = new Places(BOUNDS);
    const leave = places.take('ada');
    places.take('ada');
    expect(() => places.take('ada')).toThrow(REFUSED);
    places.take('bob');
    expect(() => places.take('bob')).toThrow(REFUSED);
    leave();
    places.take('bob');
  });

  it('takes a place back once', () => {
    const places = new Places(BOUNDS);
    const leave = places.take('ada');
    places.take('ada');
    leave();
    leave();
    places.take('ada');
    expect(() => places.take('ada')).toThrow(REFUSED);
  });

  it('knows nobody by a word of its own', () => {
    const places = new Places(BOUNDS);
    for (const holder of ['__proto__', 'constructor', 'toString']) places.take(holder);
  });
});
