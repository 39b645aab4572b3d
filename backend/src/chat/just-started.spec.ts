import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ChatSession } from './chat-session.js';
import { JustStarted } from './just-started.js';
import { FakeSessions } from './testing/fake-sessions.js';

const { session: BLANK } = new FakeSessions();
const TTL_MS = 600_000;

describe(JustStarted.name, () => {
  let now: number;
  let starts: JustStarted;

  beforeEach(() => {
    now = 5_000;
    starts = new JustStarted(() => now);
  });

  function started(id: string, ttlMs = TTL_MS): ChatSession {
    const session = { ...BLANK, id, createdAt: new Date(7), expiresAt: new Date(7 + ttlMs) };
    starts.add('ada', session);
    return session;
  }

  it('knows what was started a moment ago, once', () => {
    const session = started('a');
    now += 999;
    expect(starts.take('ada', 'a')).toBe(session);
    expect(starts.take('ada', 'a')).toBeUndefined();
  });

  it('gives it to nobody else, and still to whose it is', () => {
    const session = started('a');
    expect(starts.take('bob', 'a')).toBeUndefined();
    expect(starts.take('ada', 'a')).toBe(session);
  });

  it('knows it no longer after a second, nor when its time is over', () => {
    started('a');
    started('b', 300);
    now += 300;
    expect(starts.take('ada', 'b')).toBeUndefined();
    now += 700;
    expect(starts.take('ada', 'a')).toBeUndefined();
  });

  it('drops at the next start what nobody has read', () => {
    started('a');
    now += 1_000;
    started('b');
    now -= 1;
    expect(starts.take('ada', 'a')).toBeUndefined();
    expect(starts.take('ada', 'b')).toBeDefined();
  });
});
