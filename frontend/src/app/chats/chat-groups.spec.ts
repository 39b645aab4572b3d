import { groupsOf, inOrder } from './chat-groups';
import { aChat } from './testing/chats';

/** Local time, as the groups are. */
const at = (...[day, hour = 12, month = 10, year = 2026]: number[]) =>
  new Date(year, month, day, hour).toISOString();
const now = new Date(2026, 10, 25, 9, 30);

describe(groupsOf.name, () => {
  const grouped = (...times: string[]) =>
    groupsOf(
      times.map((updatedAt, index) => aChat(`${index}`, { updatedAt })),
      now,
    ).map(({ heading, chats }) => `${heading}: ${chats.map(({ id }) => id).join(' ')}`);

  it('tells days apart at midnight where the reader is', () => {
    expect(grouped(at(25, 9), at(25, 0), at(24, 23), at(24, 0), at(23, 23), at(18, 0))).toEqual([
      'Today: 0 1',
      'Yesterday: 2 3',
      'Last 7 days: 4 5',
    ]);
  });

  it('names months, and the year where it is another one', () => {
    expect(grouped(at(17), at(1), at(30, 12, 9), at(30, 12, 9, 2025), at(1, 12, 9, 2025))).toEqual([
      'November: 0 1',
      'October: 2',
      'October 2025: 3 4',
    ]);
  });

  it('has what is yet to come today, where clocks disagree', () => {
    expect(grouped(at(26, 1))).toEqual(['Today: 0']);
  });

  it('has the pinned ones first, whatever their time', () => {
    const chats = [
      aChat('new', { updatedAt: at(25) }),
      aChat('old', { updatedAt: at(1), pinned: true }),
      aChat('older', { updatedAt: at(1, 12, 1), pinned: true }),
    ];
    expect(groupsOf(chats, now)).toMatchObject([
      { heading: 'Pinned', chats: [{ id: 'old' }, { id: 'older' }] },
      { heading: 'Today', chats: [{ id: 'new' }] },
    ]);
  });

  it('has no group of nothing', () => {
    expect(groupsOf([], now)).toEqual([]);
  });
});

describe(inOrder.name, () => {
  it('has each chat once, last active first', () => {
    const chats = [
      aChat('b', { updatedAt: at(2) }),
      aChat('c', { updatedAt: at(3) }),
      aChat('b', { updatedAt: at(2) }),
      aChat('a', { updatedAt: at(1) }),
    ];
    expect(inOrder(chats).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });
});
