/** A model as a catalog lists it; the installation adds whether it is configured. */
export interface ListedModel {
  readonly id: string;
  readonly name: string;
  /** Tokens of prompt and reply together; left out where the vendor's word is not known. */
  readonly contextWindow?: number;
  /** Left out: what its provider is known for. */
  readonly maxTemperature?: number;
  /** Whether it can be shown images; left out: what its provider is known for. */
  readonly images?: boolean;
}

const list = (
  models: readonly (readonly [id: string, name: string, contextWindow?: number])[],
): ListedModel[] =>
  models.map(([id, name, contextWindow]) => ({
    id,
    name,
    ...(contextWindow !== undefined && { contextWindow }),
  }));

/**
 * The catalog of an installation that brings no file of its own, as of November 2026:
 * https://developers.openai.com/api/docs/models, https://platform.claude.com/docs/en/about-claude/models/overview
 * and https://docs.x.ai/docs/models. Servers that an installation adds itself, Ollama among them, offer what is
 * installed on them: their models are named in MODELS_FILE.
 */
export const BUILT_IN_MODELS: readonly ListedModel[] = list([
  ['openai/gpt-6-astra', 'GPT-6 Astra', 1_050_000],
  ['openai/gpt-6.1-sol', 'GPT-6.1 Sol', 1_050_000],
  ['openai/gpt-6.1-terra', 'GPT-6.1 Terra'],
  ['openai/gpt-6-luna', 'GPT-6 Luna'],
  ['openai/gpt-5.4-mini', 'GPT-5.4 mini'],
  ['anthropic/claude-opus-5-5', 'Claude Opus 5.5', 1_000_000],
  ['anthropic/claude-sonnet-5-5', 'Claude Sonnet 5.5', 1_000_000],
  ['anthropic/claude-haiku-5-5', 'Claude Haiku 5.5', 1_000_000],
  ['xai/grok-4.6', 'Grok 4.6', 500_000],
  ['xai/grok-4.5', 'Grok 4.5', 500_000],
  ['xai/grok-4.3', 'Grok 4.3', 1_000_000],
]);

/** They run in this process and are always as good as each other: offered last. */
export const DEMO_MODELS: readonly ListedModel[] = list([
  ['demo/rivulet', 'Rivulet demo'],
  ['demo/rivulet-reasoner', 'Rivulet demo, thinking aloud'],
]);
