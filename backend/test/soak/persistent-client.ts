import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient, HistoryMessage, Session } from '../support/api-client.js';
import type { Random } from './random.js';

const PAUSE_MS = 250;

interface PublicError {
  readonly extensions?: { readonly code?: string; readonly retryable?: boolean };
}

/** One user's program, which asks again, anywhere, for as long as the answer may get better. */
export class PersistentClient {
  /** Rejects when nobody waits any longer: a process that hangs would never answer. */
  readonly #givenUp: Promise<never>;

  constructor(
    private readonly client: ApiClient,
    private readonly urls: () => readonly string[],
    private readonly random: Random,
    private readonly signal: AbortSignal,
  ) {
    this.#givenUp = new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    this.#givenUp.catch(() => undefined);
  }

  start(prompt: string, modelId: string, idempotencyKey: string): Promise<Session> {
    return this.#insist((client) => client.start(prompt, modelId, { idempotencyKey }));
  }

  stop(sessionId: string): Promise<string> {
    return this.#insist((client) => client.stop(sessionId));
  }

  history(chatId: string): Promise<HistoryMessage[]> {
    return this.#insist((client) => client.history(chatId));
  }

  /** Asked once only: it has no key, and a second time might be a second reply. */
  regenerate(messageId: string): Promise<Session> {
    return this.client.on(this.random.pick(this.urls())).regenerate(messageId);
  }

  async #insist<T>(ask: (client: ApiClient) => Promise<T>): Promise<T> {
    for (;;) {
      const url = this.urls()[this.random.below(this.urls().length)] ?? '';
      try {
        return await Promise.race([ask(this.client.on(url)), this.#givenUp]);
      } catch (error) {
        this.signal.throwIfAborted();
        if (refusalOf(error)?.retryable === false) throw error;
      }
      await delay(PAUSE_MS, undefined, { signal: this.signal });
    }
  }
}

/** What the server said, where it was the server that said something. */
function refusalOf(error: unknown): { code?: string; retryable?: boolean } | undefined {
  const { message } = error as Error;
  if (!message.startsWith('[{')) return undefined;
  return (JSON.parse(message) as PublicError[])[0]?.extensions;
}
