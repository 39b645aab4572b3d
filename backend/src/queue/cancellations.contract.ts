import { describe, expect, it } from '@jest/globals';
import type { Cancellations } from './cancellations.js';

/** What cancellations do in one process and in many. `open` gives the same to two processes, or one twice. */
export function describeCancellations(
  name: string,
  open: () => readonly [Cancellations, Cancellations],
): void {
  describe(name, () => {
    /** Listens, and can be asked for what was heard. */
    async function listenTo(cancellations: Cancellations) {
      const heard: string[] = [];
      let wake = (): void => undefined;
      const stop = await cancellations.listen((sessionId) => {
        heard.push(sessionId);
        wake();
      });
      const hears = async (count: number) => {
        while (heard.length < count) await new Promise<void>((resolve) => (wake = resolve));
        return heard;
      };
      return { heard, hears, stop };
    }

    it('reach every listener', async () => {
      const [here, there] = open();
      const listeners = [await listenTo(here), await listenTo(there), await listenTo(there)];
      await here.publish('one');
      await there.publish('two');
      for (const { hears } of listeners) expect(await hears(2)).toEqual(['one', 'two']);
      for (const { stop } of listeners) stop();
    });

    it('reach nobody who has stopped listening', async () => {
      const [here, there] = open();
      const [leaver, stayer] = [await listenTo(there), await listenTo(there)];
      leaver.stop();
      await here.publish('one');
      expect(await stayer.hears(1)).toEqual(['one']);
      expect(leaver.heard).toEqual([]);
      stayer.stop();
    });
  });
}
