import type { TabTurns } from '../tab-turns';

/** Turns that come when the test says so. */
export class FakeTurns implements Pick<TabTurns, keyof TabTurns> {
  readonly taken: string[] = [];
  /** What other tabs do before. */
  before: Promise<void> = Promise.resolve();

  async take<T>(name: string, action: () => Promise<T>): Promise<T> {
    this.taken.push(name);
    await this.before;
    return action();
  }
}
