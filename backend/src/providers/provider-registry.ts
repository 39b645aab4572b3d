import { AppError } from '../errors/app-error.js';
import type { ProviderAdapter } from './provider-adapter.js';

/** The providers that this server can ask, by the part of a model id before the slash. */
export class ProviderRegistry {
  readonly #adapters: ReadonlyMap<string, ProviderAdapter>;

  /** Throws an Error, which ends the start, when two adapters claim one name. */
  constructor(adapters: readonly ProviderAdapter[]) {
    this.#adapters = new Map(adapters.map((adapter) => [adapter.provider, adapter]));
    if (this.#adapters.size < adapters.length) {
      throw new Error(
        `Two providers have the same name: ${adapters.map(({ provider }) => provider).join(', ')}`,
      );
    }
  }

  /** The adapter of a provider; MODEL_NOT_CONFIGURED when this server has none. */
  for(provider: string): ProviderAdapter {
    const adapter = this.#adapters.get(provider);
    if (adapter) return adapter;
    throw new AppError('MODEL_NOT_CONFIGURED', `This server has no key or address for ${provider}.`);
  }
}
