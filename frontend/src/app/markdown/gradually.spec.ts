import { signal, type WritableSignal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { gradually, type Gradually } from './gradually';
import { QuietTurns } from './quiet-turns';

interface Entry {
  readonly key: string;
}

function numbered(from: number, to: number): Entry[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({ key: `entry ${from + index}` }));
}

describe(gradually.name, () => {
  let list: WritableSignal<readonly Entry[]>;
  let gradual: Gradually<Entry>;

  const show = (entries: readonly Entry[]) => {
    list = signal(entries);
    gradual = TestBed.runInInjectionContext(() => gradually(list, { first: 2, next: 4, sizeOf: () => 1 }));
    gradual.shown();
  };
  const aQuietMoment = async () => {
    TestBed.tick();
    await TestBed.inject(QuietTurns).next();
  };
  const shown = () => gradual.shown().map(({ key }) => key);

  it('shows the end of a long list at once, and all of it in the end', async () => {
    show(numbered(1, 50));
    expect(shown()).toEqual(numbered(49, 50).map(({ key }) => key));
    await aQuietMoment();
    expect(gradual.hidden()).toBe(44);
    for (let moments = 0; moments < 11; moments += 1) await aQuietMoment();
    expect(shown()).toEqual(list().map(({ key }) => key));
  });

  it('shows what is added at the end at once, and takes nothing away for it', () => {
    show(numbered(1, 50));
    list.set(numbered(1, 52));
    expect(shown()).toEqual(numbered(49, 52).map(({ key }) => key));
  });

  it('shows what comes in at the beginning bit by bit', async () => {
    show(numbered(28, 30));
    list.set(numbered(1, 30));
    expect(gradual.hidden()).toBe(28);
    await aQuietMoment();
    expect(gradual.hidden()).toBe(24);
  });

  it('begins at the end again where the list is another one', async () => {
    show(numbered(1, 20));
    await aQuietMoment();
    list.set(numbered(101, 150));
    expect(shown()).toEqual(numbered(149, 150).map(({ key }) => key));
  });

  it('does not wait for what is looked for, nor hides anything for it', () => {
    show(numbered(1, 50));
    const [, , third] = list();
    if (third) gradual.from(third);
    expect(gradual.hidden()).toBe(2);
    const last = list().at(-1);
    if (last) gradual.from(last);
    expect(gradual.hidden()).toBe(2);
  });
});
