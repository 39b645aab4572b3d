import { setTimeout as delay } from 'node:timers/promises';
import type { Scenario } from '../support/provider-server/scenarios.js';
import type { ScriptedReply } from '../support/provider-server/scripted-reply.js';
import type { ProviderCall } from './run-record.js';

/** Every other word has something that a careless reader of bytes or of lines would break. */
const TAILS = ['', ' läßt', ' 🙂', '\n\n', ' 字', ' "\\n"'];
const REFUSALS = [429, 500, 529];
const GARBAGE = 'event: response.output_text.delta\ndata: {"type": "response.output_text.delta", oh no\n\n';

/** What may be done to a call in its middle. */
export type Mishap = 'cut' | 'stalled' | 'garbled';

/** How a prompt asks for a reply: this many words, each this long, at the usual pace or as fast as they are taken. */
export function promptFor(name: string, words: number, length = 0): string {
  return `${name}: ${words} words of ${length}`;
}

/** Word `index` of call `number`: no other call says it, and no call says it twice. */
export function wordOf(number: number, index: number, length = 0): string {
  return `${number}.${index}${TAILS[index % TAILS.length]} `.padEnd(length, 'lorem ipsum ');
}

/** A provider that says what nobody else says, and writes down what it has sent. */
export class Narrator {
  readonly calls: ProviderCall[] = [];
  readonly #mishaps = new Map<ProviderCall, Mishap>();
  #refusesUntil = 0;

  constructor(
    private readonly wordsPerSecond: number,
    private readonly now: () => number,
  ) {}

  readonly scenario: Scenario = async (reply) => {
    const { prompt, headers } = reply.request;
    const call: ProviderCall = {
      number: this.calls.length + 1,
      prompt,
      caller: (headers.authorization ?? '').replace(/^Bearer sk-/, ''),
      beganMs: this.now(),
      text: '',
      outcome: 'open',
    };
    this.calls.push(call);
    reply.left.addEventListener('abort', () => this.#end(call, 'closed'), { once: true });
    if (this.now() < this.#refusesUntil) {
      this.#end(call, 'refused');
      const status = REFUSALS[call.number % REFUSALS.length] ?? 500;
      reply.refuse({ status, code: 'refused', message: `The provider says ${status}.` });
      return;
    }
    await this.#narrate(reply, call);
  };

  /** Turns every new call away for so long. */
  refuse(forMs: number): void {
    this.#refusesUntil = this.now() + forMs;
  }

  /** Has something happen to every other call that is under way. Returns how many that are. */
  disturb(mishap: Mishap): number {
    const running = this.calls.filter(({ outcome, text }) => outcome === 'open' && text !== '');
    const hit = running.filter((_, index) => index % 2 === 0);
    for (const call of hit) this.#mishaps.set(call, mishap);
    return hit.length;
  }

  async #narrate(reply: ScriptedReply, call: ProviderCall): Promise<void> {
    const [, words = 20, length = 0] = (/(\d+) words of (\d+)/.exec(call.prompt) ?? []).map(Number);
    await reply.start();
    for (let index = 0; index < words; index += 1) {
      if (length === 0) await delay(1000 / this.wordsPerSecond, undefined, { signal: reply.left });
      const mishap = this.#mishaps.get(call);
      if (mishap) return await this.#suffer(reply, call, mishap);
      const word = wordOf(call.number, index, length);
      call.text += word;
      await reply.text(word);
    }
    this.#end(call, 'complete');
    await reply.end();
  }

  async #suffer(reply: ScriptedReply, call: ProviderCall, mishap: Mishap): Promise<void> {
    this.#end(call, mishap);
    if (mishap === 'cut') return reply.cut();
    if (mishap === 'garbled') await reply.raw(GARBAGE);
    await reply.request.leftByClient;
  }

  /** The first end counts. A call that stalls is over when the client has left. */
  #end(call: ProviderCall, outcome: ProviderCall['outcome']): void {
    if (call.outcome === 'open') call.outcome = outcome;
    if (outcome !== 'stalled' && outcome !== 'garbled') call.endedMs ??= this.now();
  }
}
