const WRITTEN: Record<string, string> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  xai: 'xAI',
  demo: 'Demo',
  'openai-compatible': 'OpenAI-compatible',
};

/** A provider as it writes itself; one that we do not know gets a capital. */
export function providerName(provider: string): string {
  return WRITTEN[provider] ?? provider.charAt(0).toUpperCase() + provider.slice(1);
}

/** The one line that says where answers come from. */
export function originOfAnswers(provider: string): string {
  return provider === 'demo'
    ? $localize`Demo answers are made on this server; add a key to ask a real model.`
    : $localize`Answers come from ${providerName(provider)}:provider:, through this server.`;
}
