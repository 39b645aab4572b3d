import {
  ProviderAdapter,
  type ChunkSink,
  type GenerationChunk,
  type GenerationRequest,
} from '../provider-adapter.js';

/** One attempt: chunks to tell, promises to wait for, errors to throw; `'silence'` never comes to an end. */
type Attempt = readonly (GenerationChunk | Promise<unknown> | Error | 'silence')[];

/** An adapter that plays one script after the other, attempt by attempt. */
export class ScriptedAdapter extends ProviderAdapter {
  readonly provider = 'scripted';
  readonly requests: GenerationRequest[] = [];
  /** The signal of each attempt. */
  readonly signals: AbortSignal[] = [];
  readonly #attempts: Attempt[];

  constructor(...attempts: readonly Attempt[]) {
    super();
    this.#attempts = [...attempts];
  }

  async stream(request: GenerationRequest, take: ChunkSink, signal: AbortSignal): Promise<void> {
    this.requests.push(request);
    this.signals.push(signal);
    for (const step of this.#attempts.shift() ?? []) {
      if (step instanceof Error) throw step;
      // Heeds no signal: the worst that a vendor's SDK could do.
      else if (step === 'silence') await new Promise(() => undefined);
      else if (step instanceof Promise) await step;
      else await take(step);
    }
  }
}
