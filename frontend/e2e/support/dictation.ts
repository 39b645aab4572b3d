import type { Scenario } from '../../../backend/test/support/provider-server/scenarios.js';
import type { ScriptedReply } from '../../../backend/test/support/provider-server/scripted-reply.js';

type Step = (reply: ScriptedReply) => Promise<void>;

const end: Step = (reply) => reply.end();

/** A reply that the test dictates: the model says a piece when it is told to, and not before. */
export class Dictation {
  readonly #steps: Step[] = [];
  #more = Promise.withResolvers<void>();

  say(...pieces: readonly string[]): this {
    return this.#add((reply) => reply.text(...pieces));
  }

  think(...pieces: readonly string[]): this {
    return this.#add((reply) => reply.reasoning(...pieces));
  }

  end(): this {
    return this.#add(end);
  }

  /** Every request is told the same, from the beginning. */
  readonly scenario: Scenario = async (reply) => {
    await reply.start();
    let step: Step | undefined;
    for (let told = 0; step !== end; told += 1) {
      while (!this.#steps[told] && !reply.left.aborted) {
        await Promise.race([this.#more.promise, reply.request.leftByClient]);
      }
      if (reply.left.aborted) return;
      step = this.#steps[told];
      await step?.(reply);
    }
  };

  #add(step: Step): this {
    this.#steps.push(step);
    this.#more.resolve();
    this.#more = Promise.withResolvers();
    return this;
  }
}

/** A reply of these pieces, without a pause. */
export function saying(...pieces: readonly string[]): Scenario {
  return async (reply) => {
    await reply.start();
    await reply.text(...pieces);
    await reply.end();
  };
}

/** The provider gives up in mid-reply. */
export function failingAfter(...pieces: readonly string[]): Scenario {
  return async (reply) => {
    await reply.start();
    await reply.text(...pieces);
    await reply.overload();
  };
}
