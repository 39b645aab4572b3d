import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  startProviderServer,
  type ProviderServer,
} from '../../test/support/provider-server/provider-server.js';
import type { Scenario } from '../../test/support/provider-server/scenarios.js';
import { sse } from '../../test/support/provider-server/wire-format.js';
import { AnthropicAdapter } from './anthropic.adapter.js';
import type { ChunkSink, ConversationMessage } from './provider-adapter.js';
import { describeWireAdapter } from './provider-adapter.contract.js';
import { collectReply } from './testing/collect-reply.js';

describeWireAdapter(
  AnthropicAdapter.name,
  ({ server, apiKey, maxReplyLength }) =>
    new AnthropicAdapter({ apiKey, baseUrl: server.url }, maxReplyLength),
  // It asks for images before the text that is about them.
  (text, png, webp) => [
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } },
    { type: 'image', source: { type: 'base64', media_type: 'image/webp', data: webp } },
    { type: 'text', text },
  ],
);

describe(AnthropicAdapter.name, () => {
  const scenarios: Record<string, Scenario> = {};
  let server: ProviderServer;
  beforeEach(async () => {
    server = await startProviderServer({ scenarios });
  });
  afterEach(() => server.close());

  const ask = (
    model: string,
    messages: ConversationMessage[] = [{ role: 'user', content: 'hello' }],
    settings: { system?: string; temperature?: number } = {},
  ) =>
    collectReply((take) =>
      new AnthropicAdapter({ apiKey: 'key', baseUrl: server.url }, 100_000).stream(
        { model, messages, ...settings },
        take,
        new AbortController().signal,
      ),
    );

  describe('stream', () => {
    it('sends no key to a server that needs none', async () => {
      const keyless = new AnthropicAdapter({ baseUrl: server.url }, 100_000);
      const request = { model: 'any', messages: [{ role: 'user' as const, content: 'hello' }] };

      const stream = (take: ChunkSink) => keyless.stream(request, take, new AbortController().signal);
      expect(await collectReply(stream)).toMatchObject({ text: 'You said: hello' });
      const { headers } = await server.request(0);
      expect(headers['x-api-key'] ?? headers.authorization).toBeUndefined();
    });

    it.each([
      ['claude-opus-5-5', { type: 'adaptive', display: 'summarized' }],
      ['claude-sonnet-5', { type: 'adaptive', display: 'summarized' }],
      ['claude-haiku-4-5', undefined],
    ])('asks %s to show its thinking where it can', async (model, thinking) => {
      await ask(model);

      expect((await server.request(0)).body.thinking).toEqual(thinking);
    });

    it('asks no model to think aloud that is told a temperature, as the API allows one of the two', async () => {
      await ask('claude-opus-5-5', undefined, { temperature: 0.2 });

      const { body } = await server.request(0);
      expect([body.temperature, body.thinking]).toEqual([0.2, undefined]);
    });

    it('tells the system prompt beside the messages', async () => {
      await ask('any', undefined, { system: 'Be brief.' });

      const messages = [{ role: 'user', content: 'hello' }];
      expect((await server.request(0)).body).toMatchObject({ system: 'Be brief.', messages });
    });

    it('leaves out empty messages, which the API refuses', async () => {
      await ask('any', [
        { role: 'user', content: 'one' },
        { role: 'assistant', content: '' },
        { role: 'user', content: 'two' },
      ]);

      expect((await server.request(0)).body.messages).toEqual([
        { role: 'user', content: 'one' },
        { role: 'user', content: 'two' },
      ]);
    });

    it('counts what the prompt cache took and gave as prompt', async () => {
      const usage = {
        input_tokens: 1,
        cache_creation_input_tokens: 20,
        cache_read_input_tokens: 300,
        output_tokens: 1,
      };
      scenarios.played = async (reply) => {
        reply.head();
        await reply.raw(sse({ type: 'message_start', message: { usage } }, 'message_start'));
        await reply.text('answer');
        await reply.raw(
          sse(
            { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } },
            'message_delta',
          ) + sse({ type: 'message_stop' }, 'message_stop'),
        );
        reply.close();
      };

      expect(await ask('played')).toMatchObject({ usage: { inputTokens: 321, outputTokens: 7 } });
    });

    it('is no success when the message stops without a reason', async () => {
      scenarios.played = async (reply) => {
        await reply.start();
        await reply.text('half');
        await reply.raw(sse({ type: 'message_stop' }, 'message_stop'));
        reply.close();
      };

      expect(await ask('played')).toMatchObject({ text: 'half', error: { code: 'PROVIDER_UNAVAILABLE' } });
    });

    it.each([
      ['stop_sequence', { finish: 'stop' }],
      ['model_context_window_exceeded', { finish: 'length' }],
      ['a_reason_of_next_year', { finish: 'stop' }],
      ['refusal', { error: { code: 'CONTENT_FILTERED' } }],
    ])('the stop reason %s is %j', async (stop_reason, expected) => {
      scenarios.played = async (reply) => {
        await reply.start();
        await reply.text('text');
        await reply.raw(
          sse(
            { type: 'message_delta', delta: { stop_reason }, usage: { output_tokens: 1 } },
            'message_delta',
          ) + sse({ type: 'message_stop' }, 'message_stop'),
        );
        reply.close();
      };

      expect(await ask('played')).toMatchObject(expected);
    });

    it.each([
      [
        400,
        'invalid_request_error',
        'prompt is too long: 213462 tokens > 200000 maximum',
        'CONTEXT_TOO_LONG',
      ],
      [
        400,
        'invalid_request_error',
        'Your credit balance is too low to access the API.',
        'PROVIDER_REJECTED',
      ],
      [402, 'billing_error', 'Pay first.', 'PROVIDER_REJECTED'],
      [413, 'request_too_large', 'Too many bytes.', 'CONTEXT_TOO_LONG'],
      [504, 'timeout_error', 'Too slow.', 'PROVIDER_UNAVAILABLE'],
      [529, 'something_new', 'Busy.', 'PROVIDER_UNAVAILABLE'],
    ])('status %i with %s (%s) is %s', async (status, code, message, expected) => {
      scenarios.played = (reply) => reply.refuse({ status, code, message });

      expect(await ask('played')).toMatchObject({ error: { code: expected } });
    });

    it('reads the type of an error in mid-stream', async () => {
      scenarios.played = async (reply) => {
        await reply.start();
        await reply.raw(sse({ type: 'error', error: { type: 'rate_limit_error', message: 'no' } }, 'error'));
        reply.close();
      };

      expect(await ask('played')).toMatchObject({ error: { code: 'PROVIDER_RATE_LIMITED' } });
    });
  });
});
