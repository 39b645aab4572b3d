import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AnthropicAdapter } from './anthropic.adapter.js';
import { OpenAiAdapter } from './openai.adapter.js';
import { OpenAiCompatibleAdapter } from './openai-compatible.adapter.js';
import type { ProviderAdapter } from './provider-adapter.js';
import { collectReply } from './testing/collect-reply.js';

const MAX_REPLY_LENGTH = 100_000;

/** Against somebody else's idea of the wire formats: our own test server could share our misunderstandings. */
describe('the wire adapters against aimock', () => {
  const mock = new LLMock({ port: 0 });
  beforeAll(async () => {
    mock.onMessage('greet me', { content: 'Grüße, 世界 👋!' });
    mock.onMessage('think', { content: 'Forty-two.', reasoning: 'Let me see.' });
    mock.onMessage('too fast', { error: { message: 'Slow down', type: 'rate_limit_error' }, status: 429 });
    await mock.start();
  });
  afterAll(() => mock.stop());

  const key = { apiKey: 'mock' };
  const adapters: [string, () => ProviderAdapter][] = [
    ['openai', () => new OpenAiAdapter({ ...key, baseUrl: `${mock.url}/v1` }, MAX_REPLY_LENGTH)],
    ['anthropic', () => new AnthropicAdapter({ ...key, baseUrl: mock.url }, MAX_REPLY_LENGTH)],
    [
      'xai',
      () => new OpenAiCompatibleAdapter('xai', { ...key, baseUrl: `${mock.url}/v1` }, MAX_REPLY_LENGTH),
    ],
  ];

  describe.each(adapters)('%s', (_name, make) => {
    const ask = (content: string) =>
      collectReply((take) =>
        make().stream(
          { model: 'some-model', system: 'Be kind.', messages: [{ role: 'user', content }] },
          take,
          new AbortController().signal,
        ),
      );

    it('streams a reply and counts it', async () => {
      const reply = await ask('greet me');

      expect(reply).toMatchObject({ text: 'Grüße, 世界 👋!', finish: 'stop' });
      expect(reply.usage).toEqual({ inputTokens: expect.any(Number), outputTokens: expect.any(Number) });
    });

    it('streams reasoning', async () => {
      expect(await ask('think')).toMatchObject({
        text: 'Forty-two.',
        reasoning: 'Let me see.',
        finish: 'stop',
      });
    });

    it('understands a refusal', async () => {
      expect(await ask('too fast')).toMatchObject({ error: { code: 'PROVIDER_RATE_LIMITED' } });
    });
  });
});
