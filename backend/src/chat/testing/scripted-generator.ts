import type { CatalogModel } from '../../providers/model-catalog.js';
import type { ChunkSink, GenerationChunk, GenerationRequest } from '../../providers/provider-adapter.js';
import { TextGenerator } from '../../providers/text-generator.js';

type Script = (signal: AbortSignal) => AsyncIterable<GenerationChunk>;

/** A model that says what the test tells it, and remembers what it was asked. */
export class ScriptedGenerator extends TextGenerator {
  readonly requests: Omit<GenerationRequest, 'model'>[] = [];

  constructor(private readonly script: Script) {
    super();
  }

  override async stream(
    _model: CatalogModel,
    request: Omit<GenerationRequest, 'model'>,
    take: ChunkSink,
    signal: AbortSignal,
  ): Promise<void> {
    this.requests.push(request);
    for await (const chunk of this.script(signal)) await take(chunk);
  }
}

/** Says the words, then ends as a model that is done. */
export function saying(...words: string[]): Script {
  return async function* () {
    for (const text of words) yield await Promise.resolve({ type: 'text', text } as const);
    yield { type: 'usage', inputTokens: 7, outputTokens: words.length };
    yield { type: 'finish', reason: 'stop' };
  };
}

/** Says the words, then waits until it is aborted. `spoken` runs when the words are out. */
export function sayingThenWaiting(words: string[], spoken: () => void): Script {
  return async function* (signal) {
    for (const text of words) yield await Promise.resolve({ type: 'text', text } as const);
    spoken();
    await new Promise((_, reject) => {
      if (signal.aborted) reject(signal.reason as Error);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  };
}

/** Says the words, then fails. */
export function sayingThenThrowing(words: string[], error: Error): Script {
  return async function* () {
    for (const text of words) yield await Promise.resolve({ type: 'text', text } as const);
    throw error;
  };
}
