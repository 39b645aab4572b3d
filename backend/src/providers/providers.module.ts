import { Module } from '@nestjs/common';
import { AppConfig, type ProviderEndpoint } from '../config/app-config.js';
import { AnthropicAdapter } from './anthropic.adapter.js';
import { Clock, SystemClock } from './clock.js';
import { DemoAdapter, DemoPace } from './demo.adapter.js';
import { GuardedTextGenerator } from './guarded-text-generator.js';
import { ModelCatalog } from './model-catalog.js';
import { OpenAiAdapter } from './openai.adapter.js';
import { OpenAiCompatibleAdapter } from './openai-compatible.adapter.js';
import type { ProviderAdapter } from './provider-adapter.js';
import { ProviderRegistry } from './provider-registry.js';
import { TextGenerator } from './text-generator.js';
import { YamlModelCatalog } from './yaml-model-catalog.js';

const XAI_BASE_URL = 'https://api.x.ai/v1';

/** Which adapters this installation has; the one place that names them. */
function adaptersOf({ providers, generation }: AppConfig, clock: Clock): ProviderAdapter[] {
  const { openai, anthropic, xai, compatible, demo } = providers;
  const { maxReplyLength } = generation;
  const servers: [string, ProviderEndpoint][] = Object.entries(compatible);
  if (xai) servers.push(['xai', { baseUrl: XAI_BASE_URL, ...xai }]);
  return [
    ...(openai ? [new OpenAiAdapter(openai, maxReplyLength)] : []),
    ...(anthropic ? [new AnthropicAdapter(anthropic, maxReplyLength)] : []),
    ...servers.map(([name, { apiKey, baseUrl }]) => {
      if (baseUrl === undefined) throw new Error(`The compatible server ${name} has no address.`);
      return new OpenAiCompatibleAdapter(name, { apiKey, baseUrl }, maxReplyLength);
    }),
    ...(demo ? [new DemoAdapter(clock, new DemoPace(providers.demoTokensPerSecond))] : []),
  ];
}

/** Offers the model catalog and the text generator of this installation. */
@Module({
  providers: [
    { provide: Clock, useClass: SystemClock },
    {
      provide: ModelCatalog,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => new YamlModelCatalog(config),
    },
    {
      provide: ProviderRegistry,
      inject: [AppConfig, Clock],
      useFactory: (config: AppConfig, clock: Clock) => new ProviderRegistry(adaptersOf(config, clock)),
    },
    {
      provide: TextGenerator,
      inject: [ProviderRegistry, AppConfig, Clock],
      useFactory: (registry: ProviderRegistry, config: AppConfig, clock: Clock) =>
        new GuardedTextGenerator(registry, config.generation, clock, () => Math.random()),
    },
  ],
  exports: [ModelCatalog, TextGenerator],
})
export class ProvidersModule {}
