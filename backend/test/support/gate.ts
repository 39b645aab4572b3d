import type { Scenario } from './provider-server/scenarios.js';

/** Holds a scripted reply at its middle until the test opens it. */
export class Gate {
  readonly #opened = Promise.withResolvers<void>();
  readonly #reached = Promise.withResolvers<void>();

  /** Resolves when the reply has arrived at the gate. */
  get reached(): Promise<void> {
    return this.#reached.promise;
  }

  open(): void {
    this.#opened.resolve();
  }

  /** Says the first words, waits at the gate, says the rest. */
  scenario(before: readonly string[], after: readonly string[]): Scenario {
    return async (reply) => {
      await reply.start();
      await reply.text(...before);
      this.#reached.resolve();
      await Promise.race([this.#opened.promise, reply.request.leftByClient]);
      await reply.text(...after);
      await reply.end();
    };
  }
}
