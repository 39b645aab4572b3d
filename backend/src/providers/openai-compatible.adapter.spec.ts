import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  startProviderServer,
  type ProviderServer,
} from '../../test/support/provider-server/provider-server.js';
import type { Scenario } from '../../test/support/provider-server/scenarios.js';
import { sse } from '../../test/support/provider-server/wire-format.js';
import { OpenAiCompatibleAdapter } from './openai-compatible.adapter.js';
import { describeWireAdapter } from './provider-adapter.contract.js';
import { collectReply } from './testing/collect-reply.js';

describeWireAdapter(
  OpenAiCompatibleAdapter.name,
  ({ server, apiKey, maxReplyLength }) =>
    new OpenAiCompatibleAdapter('xai', { apiKey, baseUrl: server.openAiUrl }, maxReplyLength),
  (text, png, webp) => [
    { type: 'text', text },
    { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } },
    { type: 'image_url', image_url: { url: `data:image/webp;base64,${webp}` } },
  ],
);

describe(OpenAiCompatibleAdapter.name, () => {
  const scenarios: Record<string, Scenario> = {};
  let server: ProviderServer;
  beforeEach(async () => {
    server = await startProviderServer({ scenarios });
  });
  afterEach(() => server.close());

  const ask = (model = 'played', baseUrl = server.openAiUrl) =>
    collectReply((take) =>
      new OpenAiCompatibleAdapter('ollama', { baseUrl }, 100_000).stream(
        { model, messages: [{ role: 'user', content: 'hello' }] },
        take,
        new AbortController().signal,
      ),
    );
  const chunk = (choice: object | null, more: object = {}) =>
    sse({
      id: '1',
      object: 'chat.completion.chunk',
      choices: choice ? [{ index: 0, ...choice }] : [],
      ...more,
    });
  /** Plays these bytes to the next request. */
  const playBytes = (bytes: string) => {
    scenarios.played = async (reply) => {
      reply.head();
      await reply.raw(bytes);
      reply.close();
    };
  };

  describe('stream', () => {
    it('sends no key to a server that needs none', async () => {
      expect(await ask('any')).toMatchObject({ text: 'You said: hello' });

      expect((await server.request(0)).headers.authorization).toBeUndefined();
    });

    it('adds /v1 to an address without a path', async () => {
      expect(await ask('any', server.url)).toMatchObject({ text: 'You said: hello' });
    });

    it('reads reasoning under its other name, too', async () => {
      playBytes(
        chunk({ delta: { reasoning: 'hm' } }) +
          chunk({ delta: { content: 'yes' }, finish_reason: 'stop' }) +
          sse('[DONE]'),
      );

      expect(await ask()).toMatchObject({ reasoning: 'hm', text: 'yes', finish: 'stop' });
    });

    it('keeps the last usage of a server that counts in every chunk', async () => {
      const usage = (completion_tokens: number) => ({ usage: { prompt_tokens: 3, completion_tokens } });
      playBytes(
        chunk({ delta: { content: 'a' } }, usage(1)) +
          chunk({ delta: { content: 'b' }, finish_reason: 'stop' }, usage(2)) +
          chunk(null, usage(3)) +
          sse('[DONE]'),
      );

      expect(await ask()).toMatchObject({ text: 'ab', usage: { inputTokens: 3, outputTokens: 3 } });
    });

    it('does without usage, and without [DONE]', async () => {
      playBytes(chunk({ delta: { content: 'a' } }) + chunk({ delta: {}, finish_reason: 'stop' }));

      const reply = await ask();

      expect(reply).toMatchObject({ text: 'a', finish: 'stop' });
      expect(reply.usage).toBeUndefined();
    });

    it('takes a reply as whole when what follows its finish reason cannot be read', async () => {
      playBytes(chunk({ delta: { content: 'a' }, finish_reason: 'stop' }) + sse('{ oh no'));

      expect(await ask()).toMatchObject({ text: 'a', finish: 'stop' });
    });

    it('ignores a usage that cannot be stored', async () => {
      playBytes(
        chunk({ delta: { content: 'a' }, finish_reason: 'stop' }) +
          chunk(null, { usage: { prompt_tokens: -1, completion_tokens: 1e30 } }),
      );

      expect((await ask()).usage).toBeUndefined();
    });

    it.each([
      ['stop', { finish: 'stop' }],
      ['eos', { finish: 'stop' }],
      ['max_tokens', { finish: 'length' }],
      ['content_filter', { error: { code: 'CONTENT_FILTERED' } }],
      ['error', { error: { code: 'PROVIDER_UNAVAILABLE' } }],
    ])('the finish reason %s is %j', async (reason, expected) => {
      playBytes(chunk({ delta: { content: 'a' } }) + chunk({ delta: {}, finish_reason: reason }));

      expect(await ask()).toMatchObject(expected);
    });

    it('is no success after [DONE] without a finish reason', async () => {
      playBytes(chunk({ delta: { content: 'a' } }) + sse('[DONE]'));

      expect(await ask()).toMatchObject({ text: 'a', error: { code: 'PROVIDER_UNAVAILABLE' } });
    });

    it('loses no text that it cannot read without saying so', async () => {
      playBytes(
        chunk({ delta: { content: [{ type: 'text', text: 'a' }] } }) + chunk({ finish_reason: 'stop' }),
      );

      expect(await ask()).toMatchObject({ error: { code: 'PROVIDER_UNAVAILABLE' } });
    });

    it.each<[said: string, status: number, body: object, code: string]>([
      [
        'xAI',
        400,
        { code: 'invalid-argument', error: "This model's maximum prompt length is 131072" },
        'CONTEXT_TOO_LONG',
      ],
      [
        'vLLM',
        400,
        { error: { message: "This model's maximum context length is 4096 tokens", code: 400 } },
        'CONTEXT_TOO_LONG',
      ],
      [
        'llama.cpp',
        400,
        { error: { type: 'exceed_context_size_error', message: 'too big' } },
        'CONTEXT_TOO_LONG',
      ],
      [
        'xAI',
        400,
        { code: 'invalid-argument', error: 'Incorrect API key provided: xa***42' },
        'PROVIDER_REJECTED',
      ],
      ['Ollama', 404, { error: { message: 'model "nope" not found' } }, 'PROVIDER_REJECTED'],
      ['a proxy', 502, {}, 'PROVIDER_UNAVAILABLE'],
    ])('understands what %s says with status %i', async (_said, status, body, code) => {
      scenarios.played = (reply) => reply.refuseWith(status, body);

      expect(await ask()).toMatchObject({ error: { code } });
    });
  });
});
