import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SingleFlight } from './single-flight.js';

export interface SingleFlightFixture {
  readonly flight: SingleFlight;
  /** Brings about that the lead of a key, begun now, is over. */
  outlive(key: string): void | Promise<void>;
  close(): void | Promise<void>;
}

/** What every single flight does, whatever keeps it. */
export function describeSingleFlight(name: string, open: () => Promise<SingleFlightFixture>): void {
  describe(name, () => {
    let fixture: SingleFlightFixture;
    let flight: SingleFlight;
    let key: string;

    beforeAll(async () => {
      fixture = await open();
      flight = fixture.flight;
    });
    afterAll(() => fixture.close());
    beforeEach(() => {
      key = randomUUID();
    });

    it('makes one of many the leader', async () => {
      const sessions = Array.from({ length: 50 }, (_, i) => `session ${i}`);
      const leaders = new Set(await Promise.all(sessions.map((session) => flight.lead(key, session))));
      expect(leaders.size).toBe(1);
      expect(sessions).toContain([...leaders][0]);
    });

    it('leads each key apart', async () => {
      await flight.lead(key, 'a');
      expect(await flight.lead(randomUUID(), 'b')).toBe('b');
    });

    it('lets the next one lead when the leader is done', async () => {
      await flight.lead(key, 'a');
      await flight.release(key, 'a');
      expect(await flight.lead(key, 'b')).toBe('b');
    });

    it('is released by its leader alone', async () => {
      await flight.lead(key, 'a');
      await flight.release(key, 'b');
      expect(await flight.lead(key, 'b')).toBe('a');
    });

    it('lets the next one lead when the leader was not heard of', async () => {
      await flight.lead(key, 'a');
      await fixture.outlive(key);
      expect(await flight.lead(key, 'b')).toBe('b');
    });
  });
}
