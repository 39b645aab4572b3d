import { TestBed } from '@angular/core/testing';
import { nextTask } from '../browser/next-task';
import { FirstReading } from './first-reading';

describe(FirstReading.name, () => {
  let reading: FirstReading;
  let read: string[];

  beforeEach(() => {
    reading = TestBed.inject(FirstReading);
    read = [];
  });

  const give = (...texts: string[]) => {
    for (const text of texts) reading.read(() => read.push(text));
  };

  it('reads the first texts of the page together, in a task after the one that brought them', async () => {
    reading.hold();
    give('question', 'reply');
    expect(read).toEqual([]);
    expect(reading.over()).toBe(false);
    await nextTask();
    expect(read).toEqual(['question', 'reply']);
    expect(reading.over()).toBe(true);
  });

  it('is over where there was nothing to read', async () => {
    reading.hold();
    await nextTask();
    expect(reading.over()).toBe(true);
  });

  it('reads at once what comes after them, in another chat as well', async () => {
    reading.hold();
    await nextTask();
    reading.hold();
    give('later');
    expect(read).toEqual(['later']);
    expect(reading.over()).toBe(true);
  });

  it('reads at once where nobody holds it', () => {
    give('alone');
    expect(read).toEqual(['alone']);
  });
});
