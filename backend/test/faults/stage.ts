import type { Scenario } from '../support/provider-server/scenarios.js';
import type { ScriptedReply } from '../support/provider-server/scripted-reply.js';
import { eventually, within } from './waiting.js';

/** One request to the provider, answered by the test word for word. */
export class Call {
  readonly #over = Promise.withResolvers<void>();
  /** What has been sent. */
  text = '';

  constructor(private readonly reply: ScriptedReply) {}

  /** Resolves when the client hangs up before the end. */
  get hungUp(): Promise<void> {
    return within('the provider is to see the hang-up', this.reply.request.leftByClient);
  }

  /** The API key that the call came with. */
  get key(): string {
    return this.reply.request.headers.authorization ?? '';
  }

  get isHungUp(): boolean {
    return this.reply.left.aborted;
  }

  get over(): Promise<void> {
    return this.#over.promise;
  }

  async say(...pieces: readonly string[]): Promise<void> {
    for (const piece of pieces) {
      await this.reply.text(piece);
      this.text += piece;
    }
  }

  /** Breaks the connection off. */
  cut(): void {
    this.reply.cut();
    this.#over.resolve();
  }

  async end(): Promise<void> {
    await this.reply.end();
    this.#over.resolve();
  }
}

/** A provider whose replies the test speaks itself. */
export class Stage {
  readonly #calls = new Map<string, Call[]>();
  readonly #answers = new Map<string, string>();

  /** The calls for this prompt so far. */
  calls(prompt: string): readonly Call[] {
    return this.#calls.get(prompt) ?? [];
  }

  /** Call number `index` for this prompt, as soon as it has come. */
  call(prompt: string, index = 0): Promise<Call> {
    return eventually(`call ${index} for “${prompt}”`, () => this.calls(prompt)[index]);
  }

  /** Whichever calls for this prompt come from now on are answered at once, with `text`. */
  answer(prompt: string, text: string): void {
    this.#answers.set(prompt, text);
  }

  readonly scenario: Scenario = async (reply) => {
    const { prompt, leftByClient } = reply.request;
    await reply.start();
    const call = new Call(reply);
    this.#calls.set(prompt, [...this.calls(prompt), call]);
    const answer = this.#answers.get(prompt);
    if (answer !== undefined) await call.say(answer).then(() => call.end());
    await Promise.race([call.over, leftByClient]);
  };
}
