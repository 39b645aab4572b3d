import { describe, expect, it } from '@jest/globals';
import type { HistoryMessage, StreamedEvent } from '../support/api-client.js';
import { violations } from './history.js';

const saved: HistoryMessage = {
  ...{ id: 'm', role: 'ASSISTANT', content: 'found again', status: 'COMPLETE' },
  ...{ fromCache: false, errorCode: null, siblingIds: ['m'] },
};
const lost = { __typename: 'TokenEvent', sequence: 1, content: 'lost' };
const restart = { __typename: 'RestartEvent', sequence: 101, attempt: 2 };
const found = { __typename: 'TokenEvent', sequence: 102, content: 'found' };
const again = { __typename: 'TokenEvent', sequence: 103, content: ' again' };
const done = { __typename: 'DoneEvent', sequence: 104, message: saved };
const events: readonly StreamedEvent[] = [lost, restart, found, again, done];

describe(violations, () => {
  it('finds nothing wrong in a sound history', () => {
    expect(violations({ events, saved, sent: 'found again' })).toEqual([]);
  });

  it.each<[string, readonly StreamedEvent[], RegExp]>([
    ['an event is missing', [lost, restart, found, done], /shown is "found", saved/],
    ['an event comes twice', [lost, restart, found, found, again, done], /102 came after event 102/],
    ['events change places', [lost, restart, again, found, done], /102 came after event 103/],
    ['the restart is not told', [lost, found, again, done], /shown is "lostfound again"/],
    [
      'an attempt comes back',
      [restart, { ...restart, sequence: 102 }, done],
      /attempt 2 began after attempt 2/,
    ],
    ['the end is missing', [lost, restart, found, again], /0 final events/],
    ['there are two ends', [...events, { ...done, sequence: 105 }], /2 final events/],
    ['something follows the end', [...events, { ...again, sequence: 105 }], /the last one is TokenEvent/],
    [
      'another end is told than was saved',
      [found, again, { __typename: 'ErrorEvent', sequence: 104, code: 'INTERNAL' }],
      /told FAILED INTERNAL, saved is COMPLETE null/,
    ],
  ])('says so when %s', (_what, broken, said) => {
    expect(violations({ events: broken, saved }).join('; ')).toMatch(said);
  });

  it('says so when what was saved is not what the provider sent', () => {
    expect(violations({ events, saved, sent: 'found once again' })).toEqual([
      'sent was "found once again", saved is "found again"',
    ]);
  });
});
