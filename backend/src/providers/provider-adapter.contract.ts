import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import {
  startProviderServer,
  type ProviderServer,
} from '../../test/support/provider-server/provider-server.js';
import type { Scenario } from '../../test/support/provider-server/scenarios.js';
import { AppError } from '../errors/app-error.js';
import type { ErrorCode } from '../errors/error-code.js';
import type { ChunkSink, ProviderAdapter } from './provider-adapter.js';
import { chunksOf, collectReply } from './testing/collect-reply.js';

const NEVER = new AbortController().signal;
const API_KEY = 'sk-a-key-that-nobody-may-see';
const BEGINNING = 'The beginning of a reply';
/** Characters of two, three and four bytes, and one that is made of several. */
const MANY_BYTES = 'naïve “größer” 日本語 👩‍👩‍👧 𝒳';

interface WireAdapterConditions {
  readonly server: ProviderServer;
  readonly apiKey: string;
  /** UTF-16 code units. */
  readonly maxReplyLength: number;
}

type Make = (conditions: WireAdapterConditions) => ProviderAdapter;

/** How the vendor wants a message of a text and two images, whose data is given in base64. */
type WithImages = (text: string, png: string, webp: string) => object[];

/** What every adapter over HTTP must do, through its vendor's own SDK, against a server that misbehaves on demand. */
export function describeWireAdapter(name: string, make: Make, withImages: WithImages): void {
  describe(name, () => {
    let server: ProviderServer;
    let scenarios: Record<string, Scenario>;
    beforeEach(async () => {
      scenarios = {};
      server = await startProviderServer({ scenarios });
    });
    afterEach(() => server.close());

    const adapter = () => make({ server, apiKey: API_KEY, maxReplyLength: 100_000 });
    const ask =
      (model: string, content = 'hello there', signal = NEVER) =>
      (take: ChunkSink) =>
        adapter().stream({ model, messages: [{ role: 'user', content }] }, take, signal);
    /** Plays `scenario` to one request, and returns what came of it. */
    const play = (scenario: Scenario, content?: string) => {
      scenarios.played = scenario;
      return collectReply(ask('played', content));
    };

    describe('stream', () => {
      it('streams the text, the usage and the finish, in this order', async () => {
        const reply = await collectReply(ask('any'));

        expect(reply).toMatchObject({
          text: 'You said: hello there',
          reasoning: '',
          usage: { inputTokens: 2, outputTokens: 4 },
          finish: 'stop',
        });
        expect(reply.error).toBeUndefined();
        expect(reply.chunks.map(({ type }) => type)).toEqual([
          'text',
          'text',
          'text',
          'text',
          'usage',
          'finish',
        ]);
      });

      it('sends the conversation, the system prompt, the model and the key', async () => {
        const request = {
          model: 'any',
          system: 'Be brief.',
          messages: [
            { role: 'user' as const, content: 'one' },
            { role: 'assistant' as const, content: 'two' },
            { role: 'user' as const, content: 'three' },
          ],
        };

        const stream = (take: ChunkSink) => adapter().stream(request, take, NEVER);
        expect((await collectReply(stream)).text).toBe('You said: three');
        const { body, headers, model } = await server.request(0);
        expect(model).toBe('any');
        expect(JSON.stringify(body)).toMatch(/Be brief\..*one.*two.*three|one.*two.*three.*Be brief\./);
        expect(headers['x-api-key'] ?? headers.authorization).toContain(API_KEY);
      });

      it('sends the texts of files before the prompt', async () => {
        const attachments = [{ type: 'text' as const, name: 'a.txt', text: 'Grüße' }];
        const messages = [{ role: 'user' as const, content: 'one', attachments }];
        await collectReply((take) => adapter().stream({ model: 'any', messages }, take, NEVER));

        expect((await server.request(0)).prompt).toBe('a.txt:\n\n```\nGrüße\n```\n\none');
      });

      it('shows images, in the order in which they came', async () => {
        const attachments = [
          { type: 'image' as const, name: 'a', mediaType: 'image/png' as const, data: 'AAAA' },
          { type: 'text' as const, name: 'a.txt', text: 'a' },
          { type: 'image' as const, name: 'b', mediaType: 'image/webp' as const, data: 'BBBB' },
        ];
        const messages = [{ role: 'user' as const, content: 'Look', attachments }];
        await collectReply((take) => adapter().stream({ model: 'any', messages }, take, NEVER));

        const { body } = await server.request(0);
        const content = withImages('a.txt:\n\n```\na\n```\n\nLook', 'AAAA', 'BBBB');
        expect(body.input ?? body.messages).toEqual([{ role: 'user', content }]);
      });

      it.each([0, 0.7, undefined])('sends the temperature where there is one: %s', async (temperature) => {
        const messages = [{ role: 'user' as const, content: 'one' }];
        await collectReply((take) => adapter().stream({ model: 'any', temperature, messages }, take, NEVER));

        expect((await server.request(0)).body.temperature).toBe(temperature);
      });

      it('streams reasoning apart from the text', async () => {
        const reply = await collectReply(ask('reasoning'));

        expect(reply).toMatchObject({
          reasoning: 'First I think.',
          text: 'You said: hello there',
          finish: 'stop',
        });
      });

      it('calls it a length when the model ran out of output', async () => {
        const reply = await collectReply(ask('ends-by-length'));

        expect(reply).toMatchObject({ text: BEGINNING, finish: 'length' });
        expect(reply.error).toBeUndefined();
      });

      it('reads characters whose bytes come one by one', async () => {
        const reply = await play(async (scripted) => {
          scripted.head();
          const { format, usage } = scripted;
          const bytes = Buffer.from(format.start('m') + format.text(MANY_BYTES) + format.end('stop', usage));
          for (const byte of bytes) await scripted.raw(Uint8Array.of(byte));
          scripted.close();
        });

        expect(reply).toMatchObject({ text: MANY_BYTES, finish: 'stop' });
      });

      it('puts surrogate pairs together that came in two events, and never splits one', async () => {
        const reply = await play(async (scripted) => {
          await scripted.start();
          await scripted.text('a\ud83d', '\ude00b');
          await scripted.end();
        });

        expect(reply.text).toBe('a😀b');
        for (const chunk of reply.chunks)
          if (chunk.type === 'text') expect(chunk.text).toMatch(/^\P{Surrogate}+$/u);
      });

      it('replaces lone surrogates and drops NULs', async () => {
        const reply = await play(async (scripted) => {
          await scripted.start();
          await scripted.text('a\u0000b\ude00c', '\ud83d');
          await scripted.end();
        });

        expect(reply).toMatchObject({ text: 'ab\ufffdc\ufffd', finish: 'stop' });
      });

      it('asks once where a kept connection is cut before an answer, and says that asking again may help', async () => {
        await collectReply(ask('any'));
        const reply = await play((scripted) => {
          scripted.cut();
          return Promise.resolve();
        });

        expect(reply.error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', retryable: true });
        expect(server.requests).toHaveLength(2);
      });

      it('does not wait for a vendor that sends the end marker and then does not close', async () => {
        const reply = await play(async (scripted) => {
          await scripted.start();
          await scripted.text('whole');
          await scripted.raw(scripted.format.end('stop', scripted.usage).replace('data: [DONE]\n\n', ''));
        });

        expect(reply).toMatchObject({ text: 'whole', finish: 'stop' });
        const { leftByClient } = await server.request(0);
        await leftByClient;
      });

      it('reads no further while its reader has no room', async () => {
        const told = Promise.withResolvers<void>();
        const sent = Promise.withResolvers<void>();
        const room = Promise.withResolvers<void>();
        scenarios.played = async (scripted) => {
          await scripted.start();
          await scripted.text('a');
          await told.promise;
          await scripted.text('b');
          sent.resolve();
          await scripted.end();
        };
        const texts: string[] = [];
        const reply = ask('played')((chunk) => {
          if (chunk.type === 'text') texts.push(chunk.text);
          told.resolve();
          return room.promise;
        });

        await sent.promise;
        // Once another reply has come, this one's next word has come, too.
        await collectReply(ask('any'));
        expect(texts).toEqual(['a']);
        room.resolve();
        await reply;

        expect(texts).toEqual(['a', 'b']);
      });

      it('keeps what came before the connection broke', async () => {
        let cut = () => {};
        scenarios.played = async (scripted) => {
          await scripted.start();
          await scripted.text('half');
          cut = () => scripted.cut();
          await scripted.request.leftByClient;
        };
        const chunks = chunksOf(ask('played'));

        expect(await chunks.next()).toMatchObject({ value: { text: 'half' } });
        cut();

        await expect(chunks.next()).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
      });

      it.each<[model: string, code: ErrorCode, text: string]>([
        ['fault-truncate', 'PROVIDER_UNAVAILABLE', BEGINNING],
        ['fault-overload-midway', 'PROVIDER_UNAVAILABLE', BEGINNING],
        ['fault-garbage', 'PROVIDER_UNAVAILABLE', BEGINNING],
        ['fault-html', 'PROVIDER_UNAVAILABLE', ''],
        ['fault-no-body', 'PROVIDER_UNAVAILABLE', ''],
        ['fault-500', 'PROVIDER_UNAVAILABLE', ''],
        ['fault-529', 'PROVIDER_UNAVAILABLE', ''],
        ['fault-429', 'PROVIDER_RATE_LIMITED', ''],
        ['fault-filter', 'CONTENT_FILTERED', BEGINNING],
        ['fault-decline', 'CONTENT_FILTERED', BEGINNING],
        ['fault-empty', 'PROVIDER_REJECTED', ''],
        ['fault-400', 'PROVIDER_REJECTED', ''],
        ['fault-401', 'PROVIDER_REJECTED', ''],
        ['fault-404', 'PROVIDER_REJECTED', ''],
        ['fault-endless-line', 'PROVIDER_REJECTED', BEGINNING],
        ['fault-huge-token', 'PROVIDER_REJECTED', BEGINNING],
        ['fault-gzip-bomb', 'PROVIDER_REJECTED', ''],
      ])('%s is %s', async (model, code, text) => {
        const reply = await collectReply(ask(model));

        expect(reply.error).toBeInstanceOf(AppError);
        expect(reply).toMatchObject({ text, error: { code } });
        expect(reply.finish).toBeUndefined();
        // One attempt: retries are not the adapter's.
        expect(server.requests).toHaveLength(1);
      });

      it.each(['fault-endless-line', 'fault-huge-token', 'fault-gzip-bomb'])(
        'breaks the connection of %s',
        async (model) => {
          await collectReply(ask(model));

          const { leftByClient } = await server.request(0);
          await leftByClient;
        },
      );

      it('gives up a reply that never ends, however small its events are', async () => {
        const bounded = make({ server, apiKey: API_KEY, maxReplyLength: 1000 });
        const request = { model: 'played', messages: [{ role: 'user' as const, content: 'go' }] };
        scenarios.played = async (scripted) => {
          await scripted.start();
          while (!scripted.left.aborted) await scripted.raw(': nothing to see here\n\n'.repeat(1000));
        };

        expect(await collectReply((take) => bounded.stream(request, take, NEVER))).toMatchObject({
          error: { code: 'PROVIDER_REJECTED' },
        });
      });

      it('is PROVIDER_UNAVAILABLE when nobody listens', async () => {
        const unreachable = adapter();
        await server.close();

        const request = { model: 'any', messages: [{ role: 'user' as const, content: 'hello' }] };
        const reply = await collectReply((take) => unreachable.stream(request, take, NEVER));

        expect(reply).toMatchObject({ error: { code: 'PROVIDER_UNAVAILABLE' } });
      });

      it.each([
        [{ 'retry-after': '7' }, 7000],
        [{ 'retry-after-ms': '1500', 'retry-after': '7' }, 1500],
        [{ date: 'Mon, 23 Nov 2026 10:00:00 GMT', 'retry-after': 'Mon, 23 Nov 2026 10:00:12 GMT' }, 12_000],
        [{ 'retry-after': 'soon' }, undefined],
      ])('passes on how long to wait: %j', async (headers, retryAfterMs) => {
        const refusal = { status: 429, code: 'rate_limit_error', message: 'Slow down.' };
        const { error } = await play((scripted) => scripted.refuse(refusal, headers));

        expect(error).toMatchObject({ code: 'PROVIDER_RATE_LIMITED' });
        expect((error as AppError).retryAfterMs).toBe(retryAfterMs);
      });

      it('tells neither the user nor the log what the vendor quotes: prompt and key', async () => {
        const { error } = await play(
          (scripted) =>
            scripted.refuse({
              status: 401,
              code: 'authentication_error',
              message: `Bad key ${API_KEY} for: ${scripted.request.prompt}`,
            }),
          'my private matter',
        );

        const told = inspect(error, { depth: 10, showHidden: true });
        expect(told).toContain("refused this server's API key");
        expect(told).not.toContain(API_KEY);
        expect(told).not.toContain('my private matter');
      });

      it('carries no key to another place that the vendor redirects to', async () => {
        const elsewhere = await startProviderServer();
        const { error } = await play((scripted) =>
          scripted.refuse(
            { status: 307, code: 'moved', message: 'Over there.' },
            { location: elsewhere.url + scripted.request.path },
          ),
        );
        await elsewhere.close();

        expect(error).toMatchObject({ code: 'PROVIDER_REJECTED' });
        expect(elsewhere.requests).toHaveLength(0);
      });

      it('throws the reason when it is aborted before it began, and asks nobody', async () => {
        const reason = new Error('never mind');

        expect((await collectReply(ask('any', 'hello', AbortSignal.abort(reason)))).error).toBe(reason);
        expect(server.requests).toHaveLength(0);
      });

      it.each(['fault-silent', 'fault-head-only'])(
        'throws the reason when it is aborted before the first token, and hangs up: %s',
        async (model) => {
          const controller = new AbortController();
          const reason = new Error('stopped');
          const reply = collectReply(ask(model, 'hello', controller.signal));
          const request = await server.request(0);

          controller.abort(reason);

          expect((await reply).error).toBe(reason);
          await request.leftByClient;
        },
      );

      it('throws the reason when it is aborted in mid-stream, and hangs up', async () => {
        const controller = new AbortController();
        const reason = new Error('stopped');
        const chunks = chunksOf(ask('fault-stall', 'hello', controller.signal));
        await chunks.next();
        await chunks.next();
        const waiting = chunks.next();

        controller.abort(reason);

        await expect(waiting).rejects.toBe(reason);
        const { leftByClient } = await server.request(0);
        await leftByClient;
      });
    });
  });
}
