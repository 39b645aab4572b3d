import type { CatalogModel } from './model-catalog.js';
import type { ChunkSink, GenerationRequest } from './provider-adapter.js';

/**
 * Asks a model through its provider's adapter, with our deadlines, bounds and retries around it.
 * This is the only thing that the rest of the backend asks for a reply.
 */
export abstract class TextGenerator {
  /**
   * As `ProviderAdapter.stream`, and besides: retries before the first token only, honouring Retry-After;
   * PROVIDER_TIMEOUT when the first token, the next token or the whole takes too long; PROVIDER_REJECTED when
   * the reply outgrows its bound; MODEL_NOT_CONFIGURED when the provider has no key. `take` is given nothing once the
   * signal has aborted or the promise is settled.
   */
  abstract stream(
    model: CatalogModel,
    request: Omit<GenerationRequest, 'model'>,
    take: ChunkSink,
    signal: AbortSignal,
  ): Promise<void>;
}
