import type { AppConfig } from '../config/app-config.js';
import { readYamlList } from '../config/yaml-list.js';
import { BUILT_IN_MODELS, DEMO_MODELS, type ListedModel } from './built-in-models.js';
import { usualMaxTemperature } from './max-temperature.js';
import { ModelCatalog, type CatalogModel } from './model-catalog.js';
import { modelsFile } from './models-file.js';

const DEMO = 'demo';
/** Their models can be shown images, unless a file says otherwise; of other servers' models, it says which can. */
const SEEING_PROVIDERS = ['openai', 'anthropic', 'xai', DEMO];

/**
 * The models of `MODELS_FILE`, or the built-in ones without it, and the demo's after them where they are on.
 * The file replaces the built-in list and is read once. A file that cannot be read, or that has problems, throws
 * an Error that names all of them, and the start ends.
 */
export class YamlModelCatalog extends ModelCatalog {
  readonly #models: readonly CatalogModel[];
  readonly #byId: ReadonlyMap<string, CatalogModel>;

  constructor(config: Pick<AppConfig, 'modelsFile' | 'providers'>) {
    super();
    const listed: readonly ListedModel[] =
      config.modelsFile === undefined
        ? BUILT_IN_MODELS
        : readYamlList('MODELS_FILE', config.modelsFile, modelsFile);
    const withoutDemo = listed.filter(({ id }) => providerOf(id) !== DEMO);
    this.#models = [...withoutDemo, ...(config.providers.demo ? demoModels(listed) : [])].map((model) =>
      catalogModel(model, config.providers),
    );
    this.#byId = new Map(this.#models.map((model) => [model.id, model]));
  }

  all(): readonly CatalogModel[] {
    return this.#models;
  }

  find(id: string): CatalogModel | undefined {
    return this.#byId.get(id);
  }
}

function catalogModel(listed: ListedModel, providers: AppConfig['providers']): CatalogModel {
  const { images, ...model } = listed;
  const provider = providerOf(model.id);
  const vendorModel = model.id.slice(provider.length + 1);
  return {
    ...model,
    ...{ provider, vendorModel },
    maxTemperature: model.maxTemperature ?? usualMaxTemperature(provider, vendorModel),
    acceptsImages: images ?? SEEING_PROVIDERS.includes(provider),
    configured: isConfigured(provider, providers),
    setting: settingOf(provider),
  };
}

/** A file may name a demo model itself, to give it a name of its own. */
function demoModels(listed: readonly ListedModel[]): ListedModel[] {
  return DEMO_MODELS.map((model) => listed.find(({ id }) => id === model.id) ?? model);
}

/** The part before the first slash; what follows may have slashes of its own. */
function providerOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

function isConfigured(provider: string, providers: AppConfig['providers']): boolean {
  switch (provider) {
    case 'openai':
    case 'anthropic':
    case 'xai':
      return providers[provider] !== undefined;
    case DEMO:
      return providers.demo;
    default:
      return Object.hasOwn(providers.compatible, provider);
  }
}

/** As the configuration reads them. */
const SETTINGS: ReadonlyMap<string, string> = new Map([
  ['openai', 'OPENAI_API_KEY'],
  ['anthropic', 'ANTHROPIC_API_KEY'],
  ['xai', 'XAI_API_KEY'],
  ['ollama', 'OLLAMA_BASE_URL'],
  [DEMO, 'DEMO_MODELS'],
]);

function settingOf(provider: string): string {
  return SETTINGS.get(provider) ?? 'COMPATIBLE_SERVERS';
}
