import { beforeEach, describe, expect, it } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { startProviderServer } from '../../test/support/provider-server/provider-server.js';
import { AppError } from '../errors/app-error.js';
import { GuardedTextGenerator } from './guarded-text-generator.js';
import type { CatalogModel } from './model-catalog.js';
import { OpenAiAdapter } from './openai.adapter.js';
import type { ChunkSink, GenerationChunk } from './provider-adapter.js';
import { ProviderRegistry } from './provider-registry.js';
import { chunksOf, collectReply } from './testing/collect-reply.js';
import { ManualClock } from './testing/manual-clock.js';
import { ScriptedAdapter } from './testing/scripted-adapter.js';

const FIRST_TOKEN_MS = 30_000;
const IDLE_MS = 10_000;
const TOTAL_MS = 100_000;
const LIMITS = {
  firstTokenTimeoutMs: FIRST_TOKEN_MS,
  idleTimeoutMs: IDLE_MS,
  totalTimeoutMs: TOTAL_MS,
  maxReplyLength: 40,
};
/** With a random number of 1, the pause before the second and the third attempt. */
const FIRST_PAUSE_MS = 500;
const SECOND_PAUSE_MS = 1000;

const HELLO = { messages: [{ role: 'user' as const, content: 'hello' }] };
const FINISH: GenerationChunk = { type: 'finish', reason: 'stop' };
const text = (value: string): GenerationChunk => ({ type: 'text', text: value });
const unavailable = () => new AppError('PROVIDER_UNAVAILABLE', 'no');

const modelOf = (provider: string): CatalogModel => ({
  id: `${provider}/some/model`,
  name: 'Some model',
  provider,
  vendorModel: 'some/model',
  maxTemperature: 2,
  acceptsImages: true,
  configured: true,
  setting: 'TEST_API_KEY',
});

describe(GuardedTextGenerator.name, () => {
  let clock: ManualClock;
  let stop: AbortController;
  beforeEach(() => {
    clock = new ManualClock();
    stop = new AbortController();
  });

  const generatorOf = (...adapters: ConstructorParameters<typeof ProviderRegistry>[0]) =>
    new GuardedTextGenerator(new ProviderRegistry(adapters), LIMITS, clock, () => 1);
  const ask = (adapter: ScriptedAdapter) => (take: ChunkSink) =>
    generatorOf(adapter).stream(modelOf('scripted'), HELLO, take, stop.signal);
  const expectNothingLeft = () => {
    expect(clock.pending).toEqual([]);
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
  };

  describe('stream', () => {
    it("passes on the reply, asked for under the vendor's name of the model", async () => {
      const adapter = new ScriptedAdapter([
        text('a'),
        { type: 'reasoning', text: 'b' },
        { type: 'usage', inputTokens: 1, outputTokens: 2 },
        FINISH,
      ]);

      const reply = await collectReply(ask(adapter));

      expect(reply.chunks).toHaveLength(4);
      expect(reply).toMatchObject({ text: 'a', reasoning: 'b', finish: 'stop' });
      expect(adapter.requests).toEqual([{ ...HELLO, model: 'some/model' }]);
      expectNothingLeft();
    });

    it('is MODEL_NOT_CONFIGURED when there is no adapter for the provider', async () => {
      const stream = (take: ChunkSink) => generatorOf().stream(modelOf('nobody'), HELLO, take, stop.signal);

      expect(await collectReply(stream)).toMatchObject({ error: { code: 'MODEL_NOT_CONFIGURED' } });
      expectNothingLeft();
    });

    it('is PROVIDER_UNAVAILABLE when a stream ends without a finish', async () => {
      expect(await collectReply(ask(new ScriptedAdapter([text('half')])))).toMatchObject({
        text: 'half',
        error: { code: 'PROVIDER_UNAVAILABLE' },
      });
    });
  });

  describe('retries', () => {
    it('asks again before the first token, twice at most, with growing pauses', async () => {
      const adapter = new ScriptedAdapter(
        [unavailable()],
        [unavailable()],
        [unavailable()],
        [text('too late')],
      );
      const reply = collectReply(ask(adapter));

      await clock.timerOf(FIRST_PAUSE_MS);
      expect(adapter.requests).toHaveLength(1);
      clock.advance(FIRST_PAUSE_MS);
      await clock.timerOf(SECOND_PAUSE_MS);
      clock.advance(SECOND_PAUSE_MS);

      expect(await reply).toMatchObject({ text: '', error: { code: 'PROVIDER_UNAVAILABLE' } });
      expect(adapter.requests).toHaveLength(3);
      expectNothingLeft();
    });

    it('streams the second attempt as if it were the first', async () => {
      const usage: GenerationChunk = { type: 'usage', inputTokens: 1, outputTokens: 0 };
      const reply = collectReply(ask(new ScriptedAdapter([usage, unavailable()], [text('hello'), FINISH])));

      await clock.timerOf(FIRST_PAUSE_MS);
      clock.advance(FIRST_PAUSE_MS);

      expect(await reply).toMatchObject({ text: 'hello', finish: 'stop' });
    });

    it('never asks again after the first token, of reasoning neither', async () => {
      const adapter = new ScriptedAdapter(
        [{ type: 'reasoning', text: 'hm' }, unavailable()],
        [text('again')],
      );

      expect(await collectReply(ask(adapter))).toMatchObject({
        reasoning: 'hm',
        error: { code: 'PROVIDER_UNAVAILABLE' },
      });
      expect(adapter.requests).toHaveLength(1);
    });

    it.each(['PROVIDER_REJECTED', 'CONTEXT_TOO_LONG', 'CONTENT_FILTERED'] as const)(
      'never asks again after %s',
      async (code) => {
        const adapter = new ScriptedAdapter([new AppError(code, 'no')], [text('again')]);

        expect(await collectReply(ask(adapter))).toMatchObject({ error: { code } });
        expect(adapter.requests).toHaveLength(1);
      },
    );

    it('lets errors that are no provider errors rise', async () => {
      const mistake = new RangeError('a mistake of our own');

      expect((await collectReply(ask(new ScriptedAdapter([mistake])))).error).toBe(mistake);
    });

    it('waits as long as the vendor asks', async () => {
      const limited = new AppError('PROVIDER_RATE_LIMITED', 'no', { retryAfterMs: 20_000 });
      const reply = collectReply(ask(new ScriptedAdapter([limited], [text('hello'), FINISH])));

      await clock.timerOf(20_000);
      clock.advance(20_000);

      expect(await reply).toMatchObject({ text: 'hello' });
    });

    it('gives up at once when the vendor asks for more than 20 seconds, and says how long', async () => {
      const limited = new AppError('PROVIDER_RATE_LIMITED', 'no', { retryAfterMs: 20_001 });
      const adapter = new ScriptedAdapter([limited], [text('again')]);

      expect(await collectReply(ask(adapter))).toMatchObject({
        error: { code: 'PROVIDER_RATE_LIMITED', retryAfterMs: 20_001 },
      });
      expect(adapter.requests).toHaveLength(1);
    });

    it('ends its pause when it is aborted', async () => {
      const reason = new Error('stopped');
      const reply = collectReply(ask(new ScriptedAdapter([unavailable()])));
      await clock.timerOf(FIRST_PAUSE_MS);

      stop.abort(reason);

      expect((await reply).error).toBe(reason);
      expectNothingLeft();
    });
  });

  describe('deadlines', () => {
    it('is PROVIDER_TIMEOUT when the first token does not come, after each attempt had its time', async () => {
      const adapter = new ScriptedAdapter(['silence'], ['silence'], ['silence']);
      const reply = collectReply(ask(adapter));

      for (const pause of [FIRST_PAUSE_MS, SECOND_PAUSE_MS]) {
        await clock.timerOf(FIRST_TOKEN_MS);
        clock.advance(FIRST_TOKEN_MS);
        await clock.timerOf(pause);
        clock.advance(pause);
      }
      await clock.timerOf(FIRST_TOKEN_MS);
      clock.advance(FIRST_TOKEN_MS);

      expect(await reply).toMatchObject({ error: { code: 'PROVIDER_TIMEOUT' } });
      expect(adapter.signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
      expectNothingLeft();
    });

    it('gives the first token no more time for events that are none', async () => {
      const usage: GenerationChunk = { type: 'usage', inputTokens: 1, outputTokens: 0 };
      const adapter = new ScriptedAdapter([usage, 'silence'], ['silence']);
      const chunks = chunksOf(ask(adapter));
      await chunks.next();
      clock.advance(FIRST_TOKEN_MS - 1);

      void chunks.next().catch(() => undefined);
      await new Promise(setImmediate);

      expect(adapter.signals[0]?.aborted).toBe(false);
      clock.advance(1);
      expect(adapter.signals[0]?.aborted).toBe(true);
    });

    it('is PROVIDER_TIMEOUT when the next token does not come, and keeps what came', async () => {
      const adapter = new ScriptedAdapter([text('half'), 'silence'], [text('again')]);
      const reply = collectReply(ask(adapter));

      await clock.timerOf(IDLE_MS);
      clock.advance(IDLE_MS);

      expect(await reply).toMatchObject({ text: 'half', error: { code: 'PROVIDER_TIMEOUT' } });
      expect(adapter.signals[0]?.aborted).toBe(true);
      expectNothingLeft();
    });

    it("does not count its reader's time as the vendor's", async () => {
      const chunks = chunksOf(ask(new ScriptedAdapter([text('a'), text('b'), FINISH])));
      await chunks.next();

      clock.advance(IDLE_MS * 5);

      expect(await chunks.next()).toEqual({ done: false, value: text('b') });
    });

    it('gives the vendor its whole time again after its reader took some', async () => {
      const adapter = new ScriptedAdapter([text('a'), 'silence']);
      const chunks = chunksOf(ask(adapter));
      await chunks.next();
      clock.advance(IDLE_MS - 1);
      const waiting = chunks.next();
      await new Promise(setImmediate);

      clock.advance(IDLE_MS - 1);
      expect(adapter.signals[0]?.aborted).toBe(false);
      clock.advance(1);

      await expect(waiting).rejects.toMatchObject({ code: 'PROVIDER_TIMEOUT' });
    });

    it('is PROVIDER_TIMEOUT when the whole takes too long, however lively it is', async () => {
      const chunks = chunksOf(ask(new ScriptedAdapter([text('a'), text('b'), 'silence'])));
      await chunks.next();
      await chunks.next();
      const waiting = chunks.next();

      clock.advance(TOTAL_MS);

      await expect(waiting).rejects.toMatchObject({ code: 'PROVIDER_TIMEOUT' });
      expectNothingLeft();
    });

    it('counts pauses into the whole', async () => {
      const limited = () => new AppError('PROVIDER_RATE_LIMITED', 'no', { retryAfterMs: 20_000 });
      const reply = collectReply(ask(new ScriptedAdapter([limited()])));
      await clock.timerOf(20_000);

      clock.advance(TOTAL_MS);

      expect(await reply).toMatchObject({ error: { code: 'PROVIDER_TIMEOUT' } });
    });
  });

  describe('bounds', () => {
    it('ends a reply that outgrows its bound, after what fits of it', async () => {
      const adapter = new ScriptedAdapter([
        { type: 'reasoning', text: 'x'.repeat(35) },
        text('123456'),
        FINISH,
      ]);

      expect(await collectReply(ask(adapter))).toMatchObject({
        reasoning: 'x'.repeat(35),
        text: '12345',
        error: { code: 'PROVIDER_REJECTED' },
      });
      expect(adapter.signals[0]?.aborted).toBe(true);
    });

    it('splits no surrogate pair at the bound', async () => {
      const adapter = new ScriptedAdapter([text('x'.repeat(39)), text('😀')]);

      expect(await collectReply(ask(adapter))).toMatchObject({ text: 'x'.repeat(39) });
    });

    it('lets a reply of just the bound through', async () => {
      expect(await collectReply(ask(new ScriptedAdapter([text('x'.repeat(40)), FINISH])))).toMatchObject({
        finish: 'stop',
      });
    });
  });

  describe('leaving', () => {
    it('throws the reason at once when aborted, whatever the adapter does', async () => {
      const reason = new Error('stopped');
      const adapter = new ScriptedAdapter([text('half'), 'silence']);
      const reply = collectReply(ask(adapter));
      await clock.timerOf(IDLE_MS);

      stop.abort(reason);

      expect(await reply).toMatchObject({ text: 'half', error: reason });
      expect(adapter.signals[0]?.reason).toBe(reason);
      expectNothingLeft();
    });

    it('throws the reason when it was aborted before', async () => {
      const reason = new Error('stopped');
      stop.abort(reason);
      const adapter = new ScriptedAdapter([text('no')]);

      expect((await collectReply(ask(adapter))).error).toBe(reason);
      expect(adapter.requests).toHaveLength(0);
    });

    it('tells nothing any more once it was aborted, whatever the adapter says', async () => {
      const reason = new Error('stopped');
      const told: GenerationChunk[] = [];
      const reply = ask(new ScriptedAdapter([text('a'), text('b'), FINISH]))((chunk) => {
        told.push(chunk);
        stop.abort(reason);
        return undefined;
      });

      await expect(reply).rejects.toBe(reason);
      expect(told).toEqual([text('a')]);
      expectNothingLeft();
    });

    it('keeps the connection of a reply that is complete, whenever its vendor ends the body', async () => {
      let complete = Promise.withResolvers<void>();
      const server = await startProviderServer({
        scenario: async (reply) => {
          await reply.start();
          await reply.text('hello');
          await reply.raw(reply.format.end('stop', reply.usage));
          await complete.promise;
          reply.close();
        },
      });
      const generator = generatorOf(new OpenAiAdapter({ apiKey: 'key', baseUrl: server.openAiUrl }, 1000));
      const connections = () => new Set(server.requests.map(({ clientPort }) => clientPort)).size;

      // The end of one body may be read when the next request is out already: its connection is for a later one then.
      for (let asked = 0; asked < 10 && connections() === asked; asked += 1) {
        complete = Promise.withResolvers<void>();
        await collectReply((take) => generator.stream(modelOf('openai'), HELLO, take, stop.signal));
        complete.resolve();
      }

      await server.close();
      expect(connections()).toBeLessThan(server.requests.length);
    });

    it('hangs up on a real vendor that has fallen silent', async () => {
      const server = await startProviderServer();
      const generator = generatorOf(new OpenAiAdapter({ apiKey: 'key', baseUrl: server.openAiUrl }, 1000));
      const model = { ...modelOf('openai'), vendorModel: 'fault-stall' };
      const chunks = chunksOf((take) => generator.stream(model, HELLO, take, stop.signal));
      await chunks.next();
      await chunks.next();
      const waiting = chunks.next();
      await clock.timerOf(IDLE_MS);

      clock.advance(IDLE_MS);

      await expect(waiting).rejects.toMatchObject({ code: 'PROVIDER_TIMEOUT' });
      const request = await server.request(0);
      await request.leftByClient;
      await server.close();
    });
  });
});
