/** A model that this installation knows. */
export interface CatalogModel {
  /** `provider/model`, as in `openai/gpt-5`. */
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  /** The vendor's own name: the id without its provider. */
  readonly vendorModel: string;
  /** Tokens of prompt and reply together. */
  readonly contextWindow?: number;
  /** It takes any from 0 to this; `0`: it takes none, and refuses to be told one. */
  readonly maxTemperature: number;
  /** Whether it can be shown images. */
  readonly acceptsImages: boolean;
  /** Whether its provider has what it needs (a key, an address) on this server. */
  readonly configured: boolean;
  /** The environment variable that gives it that. */
  readonly setting: string;
}

/** The models of this installation, in the order in which they are offered. */
export abstract class ModelCatalog {
  abstract all(): readonly CatalogModel[];
  abstract find(id: string): CatalogModel | undefined;
}
