import { describe, expect, it } from '@jest/globals';
import type { AccountBell } from './account-bell.js';
import { Ear } from './testing/ear.js';

/** What the bell does in one process and in many. `open` gives those of two processes, ready to hear, or one twice. */
export function describeAccountBell(
  name: string,
  open: (ears: readonly [Ear, Ear]) => Promise<readonly [AccountBell, AccountBell]>,
): void {
  describe(name, () => {
    it('is heard in its own process at once, and in others', async () => {
      const ears = [new Ear(), new Ear()] as const;
      const [here] = await open(ears);
      here.ring('ada');
      expect(ears[0].heard).toEqual(['ada']);
      await ears[1].hears('ada');
    });

    it('is not heard by whoever has stopped listening', async () => {
      const ears = [new Ear(), new Ear()] as const;
      const [here, there] = await open(ears);
      const leaver = new Ear();
      there.listen(leaver)();
      here.ring('ada');
      await ears[1].hears('ada');
      expect(leaver.heard).toEqual([]);
    });
  });
}
