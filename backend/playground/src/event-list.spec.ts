import { describe, expect, it } from '@jest/globals';
import type { ExecutionResult } from 'graphql';
import type { Client, Sink } from 'graphql-sse';
import { eventList } from './event-list.js';

const event = (sequence: number): ExecutionResult => ({ data: { messageTokens: { sequence } } });

/** A subscription whose server is the test. */
function listen() {
  let server: Sink<ExecutionResult> | undefined;
  const seen = { shown: [] as unknown[], events: [] as ExecutionResult[], completed: 0, closed: 0 };
  const client: Client = {
    subscribe: (_request, sink) => {
      server = sink as Sink<ExecutionResult>;
      return () => (seen.closed += 1);
    },
    iterate: () => {
      throw new Error('not used');
    },
    dispose: () => undefined,
  };
  const { unsubscribe } = eventList(client, { query: 'subscription { x }' }, (events) =>
    seen.events.push(...events),
  ).subscribe({
    next: (value) => seen.shown.push(structuredClone(value)),
    error: (error) => {
      throw error;
    },
    complete: () => (seen.completed += 1),
  });
  if (!server) throw new Error('nothing was subscribed to');
  return { server, seen, unsubscribe };
}

describe(eventList.name, () => {
  it('lists every event as it was sent, the newest first', () => {
    const { server, seen } = listen();
    server.next(event(1));
    server.next(event(2));
    server.complete();
    expect(seen.shown).toEqual([{ events: 2, newestFirst: [event(2), event(1)] }]);
    expect(seen.events).toEqual([event(1), event(2)]);
    expect(seen.completed).toBe(1);
  });

  it('keeps what had arrived when the stream breaks, and says why', () => {
    const { server, seen } = listen();
    server.next(event(1));
    server.error(new Error('terminated'));
    expect(seen.shown.at(-1)).toEqual({ broken: 'terminated', events: 1, newestFirst: [event(1)] });
    expect(seen.completed).toBe(1);
  });

  it('shows nothing more once the reader has left', () => {
    const { server, seen, unsubscribe } = listen();
    server.next(event(1));
    unsubscribe();
    expect(seen.closed).toBe(1);
    expect(seen.shown).toEqual([]);
  });
});
