import { computed, effect, inject, linkedSignal, untracked, type Signal } from '@angular/core';
import { QuietTurns } from './quiet-turns';

interface Keyed {
  readonly key: string | number;
}

/** How much of a list is rendered in one go: entries until their sizes come to so much, and one at least. */
export interface Pace<T> {
  /** Together with all that is new on the page. */
  readonly first: number;
  /** Each time after that; many small steps would take a long list longer. */
  readonly next: number;
  readonly sizeOf: (entry: T) => number;
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
 * Shows a list gradually: a chat of fifty long replies in one go would hold up the page, and so would one reply of fifty
 * screens. Earlier entries follow in moments in which nothing else happens; what is added at the end is shown at once. For
 * an injection context.
 */
export function gradually<T extends Keyed>(
  list: Signal<readonly T[]>,
  { first, next, sizeOf }: Pace<T>,
): Gradually<T> {
  const turns = inject(QuietTurns);
  const keyBefore = (entries: readonly T[], index: number, atOnce: number): T['key'] | undefined => {
    let begin = index;
    for (let size = 0; begin > 0 && size < atOnce;) {
      begin -= 1;
      size += sizeOf(entries[begin] as T);
    }
    return entries[begin]?.key;
  };
  const firstKey = linkedSignal<readonly T[], T['key'] | undefined>({
    source: list,
    computation: (entries, before) =>
      entries.some(({ key }) => key === before?.value)
        ? before?.value
        : keyBefore(entries, entries.length, first),
  });
  const hidden = computed(() =>
    Math.max(
      list().findIndex(({ key }) => key === firstKey()),
      0,
    ),
  );
  effect(() => {
    if (hidden() === 0) return;
    void turns.next().then(() => firstKey.set(keyBefore(list(), hidden(), next)));
  });
  return {
    shown: computed(() => list().slice(hidden())),
    hidden,
    from: (entry) => {
      if (untracked(list).indexOf(entry) < untracked(hidden)) firstKey.set(entry.key);
    },
  };
}
