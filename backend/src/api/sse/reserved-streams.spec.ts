import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { Response } from 'express';
import { Outlet } from './outlet.js';
import { ReservedStreams } from './reserved-streams.js';

/** As much of a response as an outlet needs. */
function response(writableNeedDrain = false) {
  return Object.assign(new EventEmitter(), { writableNeedDrain }) as EventEmitter & Response;
}

describe(ReservedStreams.name, () => {
  it('has no room for a stream before it is open', async () => {
    const streams = new ReservedStreams(60_000);
    const room = streams.room('error');
    streams.open('error', new Outlet(response()));
    await room;
    expect(streams.room('error')).toBeUndefined();
  });

  it('has room where the stream has', async () => {
    const streams = new ReservedStreams(60_000);
    const full = response(true);
    streams.open('token', new Outlet(full));
    const room = streams.room('token');
    expect(streams.room('token')).toBe(room);
    full.emit('drain');
    await room;
    expect(full.eventNames()).toEqual(['close']);
  });

  it('forgets a stream that closed, but not the one that took its place', () => {
    const streams = new ReservedStreams(60_000);
    const [old, next] = [response(), response()];
    streams.open('token', new Outlet(old));
    streams.open('token', new Outlet(next));
    old.emit('close');
    expect(streams.room('token')).toBeUndefined();
  });

  it('does not wait for ever', async () => {
    await expect(new ReservedStreams(1).room('never')).rejects.toThrow('not opened in time');
  });
});
