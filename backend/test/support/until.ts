import { setImmediate as nextTurn } from 'node:timers/promises';

/** Waits turn by turn, not by the clock. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let turns = 0; turns < 100_000; turns++) {
    if (await condition()) return;
    await nextTurn();
  }
  throw new Error(`never came true: ${condition.toString()}`);
}
