import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import 'reflect-metadata';
import {
  startProviderServer,
  type ProviderServer,
} from '../../test/support/provider-server/provider-server.js';
import type { AppConfig } from '../config/app-config.js';
import { ConfigModule } from '../config/config.module.js';
import { loadConfig } from '../config/load-config.js';
import { ModelCatalog, type CatalogModel } from './model-catalog.js';
import { ProvidersModule } from './providers.module.js';
import { collectReply } from './testing/collect-reply.js';
import { TextGenerator } from './text-generator.js';

describe(ProvidersModule.name, () => {
  let server: ProviderServer;
  let app: INestApplicationContext | undefined;
  beforeEach(async () => {
    server = await startProviderServer();
  });
  afterEach(async () => {
    await app?.close();
    await server.close();
  });

  const start = async (config: AppConfig) => {
    const module = { module: class {}, imports: [ConfigModule.forRoot(config), ProvidersModule] };
    app = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
    return app;
  };
  const ask = (context: INestApplicationContext, model: CatalogModel) =>
    collectReply((take) =>
      context
        .get(TextGenerator)
        .stream(
          model,
          { messages: [{ role: 'user', content: 'hello' }] },
          take,
          new AbortController().signal,
        ),
    );
  const modelOf = (provider: string): CatalogModel => ({
    id: `${provider}/m`,
    name: 'M',
    provider,
    vendorModel: 'm',
    maxTemperature: 2,
    acceptsImages: true,
    configured: true,
    setting: 'TEST_API_KEY',
  });

  it.each([
    ['openai', '/v1/responses'],
    ['anthropic', '/v1/messages'],
    ['xai', '/v1/chat/completions'],
    ['ollama', '/v1/chat/completions'],
    ['elsewhere', '/v1/chat/completions'],
  ])('asks %s at %s', async (provider, path) => {
    const context = await start(
      loadConfig({
        OPENAI_BASE_URL: server.openAiUrl,
        ANTHROPIC_BASE_URL: server.url,
        XAI_BASE_URL: server.openAiUrl,
        XAI_API_KEY: 'key',
        OLLAMA_BASE_URL: server.url,
        COMPATIBLE_SERVERS: `elsewhere=${server.openAiUrl}|key`,
      }),
    );

    expect(await ask(context, modelOf(provider))).toMatchObject({ text: 'You said: hello', finish: 'stop' });
    expect(server.requests.map((request) => request.path)).toEqual([path]);
  });

  it('has the demo, and nobody else, when nothing is configured', async () => {
    const context = await start(loadConfig({}));
    const configured = context
      .get(ModelCatalog)
      .all()
      .filter((model) => model.configured);

    expect(configured.map(({ id }) => id)).toEqual(['demo/rivulet', 'demo/rivulet-reasoner']);
    expect(await ask(context, modelOf('openai'))).toMatchObject({ error: { code: 'MODEL_NOT_CONFIGURED' } });
  });

  it('has no demo where it is off', async () => {
    const context = await start(loadConfig({ DEMO_MODELS: 'off' }));

    expect(await ask(context, modelOf('demo'))).toMatchObject({ error: { code: 'MODEL_NOT_CONFIGURED' } });
  });

  it('does not start with two providers of one name', async () => {
    const config = loadConfig({ XAI_API_KEY: 'key' });
    const compatible = { xai: { baseUrl: server.openAiUrl } };

    await expect(start({ ...config, providers: { ...config.providers, compatible } })).rejects.toThrow(
      'the same name',
    );
  });
});
