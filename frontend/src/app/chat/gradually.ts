import { computed, effect, linkedSignal, untracked, type Signal } from '@angular/core';
import { quietMoment } from '../markdown/quiet-moment';

/** How many messages are rendered in one go. */
const AT_ONCE = 4;

interface Keyed {
  readonly key: string;
}

/** A long list of which the end is shown at once, and what comes before it bit by bit. */
export interface Gradually<T> {
  readonly shown: Signal<readonly T[]>;
  /** How many are still to come, all of them before those that are shown. */
  readonly hidden: Signal<number>;
  /** Shows at least from this one on, without waiting. */
  from(entry: T): void;
}

/**
 * Shows a list gradually: a chat of fifty long replies in one go would hold up the page. Earlier entries follow in moments
 * in which nothing else happens; what is added at the end is shown at once. For an injection context.
 */
export function gradually<T extends Keyed>(list: Signal<readonly T[]>): Gradually<T> {
  const firstKey = linkedSignal<readonly T[], string | undefined>({
    source: list,
    computation: (entries, before) =>
      entries.some(({ key }) => key === before?.value) ? before?.value : keyBefore(entries, entries.length),
  });
  const hidden = computed(() =>
    Math.max(
      list().findIndex(({ key }) => key === firstKey()),
      0,
    ),
  );
  effect(() => {
    if (hidden() === 0) return;
    void quietMoment().then(() => firstKey.set(keyBefore(list(), hidden())));
  });
  return {
    shown: computed(() => list().slice(hidden())),
    hidden,
    from: (entry) => {
      if (untracked(list).indexOf(entry) < untracked(hidden)) firstKey.set(entry.key);
    },
  };
}

function keyBefore(entries: readonly Keyed[], index: number): string | undefined {
  return entries[Math.max(index - AT_ONCE, 0)]?.key;
}
