import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  startProviderServer,
  type ProviderServer,
} from '../../test/support/provider-server/provider-server.js';
import { sse } from '../../test/support/provider-server/wire-format.js';
import type { Scenario } from '../../test/support/provider-server/scenarios.js';
import { OpenAiAdapter } from './openai.adapter.js';
import { describeWireAdapter } from './provider-adapter.contract.js';
import { collectReply } from './testing/collect-reply.js';

describeWireAdapter(
  OpenAiAdapter.name,
  ({ server, apiKey, maxReplyLength }) =>
    new OpenAiAdapter({ apiKey, baseUrl: server.openAiUrl }, maxReplyLength),
  (text, png, webp) => [
    { type: 'input_text', text },
    { type: 'input_image', image_url: `data:image/png;base64,${png}`, detail: 'auto' },
    { type: 'input_image', image_url: `data:image/webp;base64,${webp}`, detail: 'auto' },
  ],
);

describe(OpenAiAdapter.name, () => {
  const scenarios: Record<string, Scenario> = {};
  let server: ProviderServer;
  let adapter: OpenAiAdapter;
  beforeEach(async () => {
    server = await startProviderServer({ scenarios });
    adapter = new OpenAiAdapter({ apiKey: 'key', baseUrl: server.openAiUrl }, 100_000);
  });
  afterEach(() => server.close());

  const ask = (model: string) =>
    collectReply((take) =>
      adapter.stream(
        { model, messages: [{ role: 'user', content: 'hello' }] },
        take,
        new AbortController().signal,
      ),
    );

  describe('stream', () => {
    it('tells the system prompt as instructions', async () => {
      const messages = [{ role: 'user' as const, content: 'hello' }];
      await collectReply((take) =>
        adapter.stream({ model: 'any', system: 'Be brief.', messages }, take, new AbortController().signal),
      );

      expect((await server.request(0)).body).toMatchObject({ instructions: 'Be brief.', input: messages });
    });

    it('has nothing stored at the vendor', async () => {
      await ask('gpt-4.1');

      expect((await server.request(0)).body).toMatchObject({ store: false, stream: true });
    });

    it.each([
      ['gpt-6-astra', { summary: 'auto' }],
      ['gpt-5.4-mini', { summary: 'auto' }],
      ['o3', { summary: 'auto' }],
      ['gpt-4.1', undefined],
    ])('asks %s for its reasoning only when it has one to summarise', async (model, reasoning) => {
      await ask(model);

      expect((await server.request(0)).body.reasoning).toEqual(reasoning);
    });

    it('does without the summary where the organisation may not have it, from then on', async () => {
      scenarios['gpt-6-astra'] = refusingSummaries;

      expect(await ask('gpt-6-astra')).toMatchObject({ text: 'answer', finish: 'stop' });
      expect(await ask('gpt-6-astra')).toMatchObject({ text: 'answer', finish: 'stop' });
      expect(server.requests.map(({ body }) => body.reasoning !== undefined)).toEqual([true, false, false]);
    });

    it('puts a blank line between the paragraphs of a summary', async () => {
      const added = (index: number) => {
        const type = 'response.reasoning_summary_part.added';
        return sse({ type, summary_index: index, part: { type: 'summary_text', text: '' } }, type);
      };
      scenarios.played = async (reply) => {
        await reply.start();
        await reply.raw(
          added(0) + reply.format.reasoning('One.') + added(1) + reply.format.reasoning('Two.'),
        );
        await reply.text('answer');
        await reply.end();
      };

      expect(await ask('played')).toMatchObject({ reasoning: 'One.\n\nTwo.', text: 'answer' });
    });

    it.each([
      ['rate_limit_exceeded', 'PROVIDER_RATE_LIMITED'],
      ['bio_policy', 'CONTENT_FILTERED'],
      ['context_length_exceeded', 'CONTEXT_TOO_LONG'],
      ['something_new', 'PROVIDER_UNAVAILABLE'],
    ])('response.failed with %s is %s', async (code, expected) => {
      scenarios.played = async (reply) => {
        await reply.start();
        await reply.raw(
          sse({ type: 'response.failed', response: { error: { code, message: 'no' } } }, 'response.failed'),
        );
        reply.close();
      };

      expect(await ask('played')).toMatchObject({ error: { code: expected } });
    });

    it.each([
      [429, 'insufficient_quota', 'PROVIDER_REJECTED'],
      [400, 'context_length_exceeded', 'CONTEXT_TOO_LONG'],
      [404, 'model_not_found', 'PROVIDER_REJECTED'],
      [409, 'lock_timeout', 'PROVIDER_UNAVAILABLE'],
      [422, 'whatever', 'PROVIDER_REJECTED'],
    ])('status %i with %s is %s', async (status, code, expected) => {
      scenarios.played = (reply) => reply.refuse({ status, code, message: 'no' });

      expect(await ask('played')).toMatchObject({ error: { code: expected } });
    });

    it('says so when the output limit left no room for an answer', async () => {
      scenarios.played = async (reply) => {
        await reply.start();
        await reply.reasoning('I think and think');
        await reply.end('length');
      };

      const { error } = await ask('played');

      expect(error).toMatchObject({
        code: 'PROVIDER_REJECTED',
        message: expect.stringContaining('output limit'),
      });
    });
  });
});

const refusingSummaries: Scenario = async (reply) => {
  if (!reply.request.body.reasoning) {
    await reply.start();
    await reply.text('answer');
    return reply.end();
  }
  reply.refuseWith(400, {
    error: {
      message: 'Your organization must be verified to generate reasoning summaries.',
      type: 'invalid_request_error',
      param: 'reasoning.summary',
      code: 'unsupported_value',
    },
  });
};
