import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemorySingleFlight } from '../cache/in-memory-single-flight.js';
import { responseCacheKey } from '../cache/response-cache-key.js';
import { ResponseCache, type CachedReply } from '../cache/response-cache.js';
import { InMemoryAccountBell } from '../bell/in-memory-account-bell.js';
import type { AppConfig } from '../config/app-config.js';
import { AppError } from '../errors/app-error.js';
import { Metrics } from '../metrics/metrics.js';
import { ModelAccess } from '../plans/model-access.service.js';
import { PlanCatalog } from '../plans/plan-catalog.js';
import type { Plan } from '../plans/plan.js';
import type { CatalogModel, ModelCatalog } from '../providers/model-catalog.js';
import { InMemoryTokenStream } from '../streaming/in-memory-token-stream.js';
import type { MessageEvent } from '../streaming/message-event.js';
import { ATTEMPT_SPAN } from '../streaming/token-stream.js';
import type { AttachmentRepository } from './attachment-repository.js';
import type { Attachment } from './attachment.js';
import type { ChatTitles } from './chat-titles.js';
import { GenerationAborted } from './generation-aborted.js';
import { GenerationService, MAX_ATTEMPTS } from './generation.service.js';
import type { Message } from './message.js';
import { Renewals } from './renewals.js';
import { ReplySources } from './reply-sources.js';
import type { Claim } from './session-repository.js';
import { FakeSessions } from './testing/fake-sessions.js';
import {
  saying,
  sayingThenThrowing,
  sayingThenWaiting,
  ScriptedGenerator,
} from './testing/scripted-generator.js';

const MODEL: CatalogModel = {
  ...{
    id: 'test/model',
    name: 'Test',
    provider: 'test',
    vendorModel: 'model',
    maxTemperature: 2,
    acceptsImages: true,
    configured: true,
    setting: 'TEST_API_KEY',
  },
};
const FREE: Plan = {
  ...{ id: 'free', name: 'Free', models: ['*'] },
  ...{ messagesPerDay: null, tokensPerMonth: null, repliesAtOnce: null },
};

class MapCache extends ResponseCache {
  readonly entries = new Map<string, CachedReply>();
  override get = (key: string) => Promise.resolve(this.entries.get(key));
  override set = (key: string, reply: CachedReply) => Promise.resolve(void this.entries.set(key, reply));
}

const never = new AbortController().signal;

describe(GenerationService.name, () => {
  let sessions: FakeSessions;
  let stream: InMemoryTokenStream;
  let cache: MapCache;
  let flight: InMemorySingleFlight;
  let generator: ScriptedGenerator;
  let models: CatalogModel[];
  let plans: Plan[];
  let titles: ChatTitles;
  /** The files by their ids. */
  let contents: Map<string, Buffer>;
  /** What the chat was to be named after. */
  let named: string[];
  /** How the leader's message was saved, if it was. */
  let saved: Partial<Message> | undefined;

  beforeEach(() => {
    sessions = new FakeSessions();
    stream = new InMemoryTokenStream(600);
    cache = new MapCache();
    flight = new InMemorySingleFlight();
    generator = new ScriptedGenerator(saying('Hello', ', ', 'world'));
    models = [MODEL];
    plans = [FREE];
    contents = new Map();
    named = [];
    titles = { begin: (_claim: Claim, reply: string) => void named.push(reply) } as ChatTitles;
  });

  function service(scope: 'user' | 'off' = 'user'): GenerationService {
    const catalog = {
      all: () => models,
      find: (id: string) => models.find((m) => m.id === id),
    } as ModelCatalog;
    const config = { responseCache: { scope, ttlSeconds: 3600 }, sessionTtlSeconds: 600 } as AppConfig;
    const access = new ModelAccess(catalog, new PlanCatalog(plans), {} as never);
    const files = { contents: () => Promise.resolve(contents) } as unknown as AttachmentRepository;
    const sources = new ReplySources(sessions, files, access, generator, stream, cache, flight, config);
    return new GenerationService(
      sessions,
      sources,
      new Renewals(sessions, config),
      titles,
      stream,
      new Metrics(),
      new InMemoryAccountBell(),
      config,
    );
  }

  const key = responseCacheKey({
    ...{ scope: 'user', modelId: MODEL.id, messages: [{ role: 'user', content: 'Say hello' }] },
  });

  /** Another session makes the same reply already. */
  async function leading(): Promise<void> {
    await stream.begin('leader', 1, []);
    await flight.lead(key, 'leader');
    sessions.saved = () =>
      Promise.resolve(
        saved && { attempt: 1, message: { inputTokens: null, outputTokens: null, ...saved } as Message },
      );
  }

  /** Resolves when the session's readers have seen the text. */
  async function shown(text: string): Promise<void> {
    for await (const event of stream.read('session', 0, never)) {
      if (event.type === 'token' && event.content === text) return;
    }
  }

  async function eventsOf(after = 0): Promise<MessageEvent[]> {
    return Array.fromAsync(stream.read('session', after, never));
  }

  describe('generate, for a reply that goes on', () => {
    const kept = { content: 'Hel', reasoning: 'Polite' };

    it('tells what was kept before anything else, and asks the model for the rest', async () => {
      sessions.continued = kept;
      generator = new ScriptedGenerator(saying('lo, ', 'world'));
      sessions.session = { ...sessions.session, cachePolicy: 'BYPASS' };
      await service().generate('session', never);
      const events = await eventsOf();
      expect(events[0]).toMatchObject({ type: 'reasoning', content: 'Polite' });
      expect(events[1]).toMatchObject({ type: 'token', content: expect.stringMatching(/^Hel/) });
      const text = events.map((event) => (event.type === 'token' ? event.content : ''));
      expect(text.join('')).toBe('Hello, world');
      expect(sessions.outcomes).toMatchObject([{ content: 'Hello, world', reasoning: 'Polite' }]);
      expect(generator.requests[0]?.messages).toMatchObject([
        { role: 'user', content: 'Say hello' },
        { role: 'assistant', content: 'Hel' },
        { role: 'user' },
      ]);
      expect(cache.entries.size).toBe(0);
    });

    it('begins with it again after a worker died', async () => {
      sessions.continued = kept;
      sessions.session = { ...sessions.session, attempts: 1, cachePolicy: 'BYPASS' };
      generator = new ScriptedGenerator(saying('lo'));
      await service().generate('session', never);
      expect(await eventsOf()).toMatchObject([
        { type: 'restart' },
        { type: 'reasoning', content: 'Polite' },
        { type: 'token', content: 'Hello' },
        { type: 'done' },
      ]);
      expect(sessions.outcomes).toMatchObject([{ content: 'Hello' }]);
    });

    it('keeps it when the model fails at once', async () => {
      sessions.continued = kept;
      generator = new ScriptedGenerator(sayingThenThrowing([], new AppError('PROVIDER_TIMEOUT', 'late')));
      await service().generate('session', never);
      expect(sessions.outcomes).toMatchObject([{ ...kept, status: 'FAILED', errorCode: 'PROVIDER_TIMEOUT' }]);
      expect(sessions.outcomes[0]?.timeToFirstTokenMs).toBeUndefined();
    });
  });

  describe('generate', () => {
    it('has the chat named after a whole reply, and after no other', async () => {
      await service().generate('session', never);
      expect(named).toEqual(['Hello, world']);
      sessions = new FakeSessions();
      stream = new InMemoryTokenStream(600);
      generator = new ScriptedGenerator(
        sayingThenThrowing(['Hel'], new AppError('PROVIDER_TIMEOUT', 'late')),
      );
      await service('off').generate('session', never);
      expect(named).toHaveLength(1);
    });

    it('streams what the model says, saves it, and only then tells that it is done', async () => {
      await service().generate('session', never);

      const events = await eventsOf();
      expect(events.filter((e) => e.type === 'token').map((e) => e.content)).toEqual(['Hello, world']);
      expect(events.at(-1)).toMatchObject({ type: 'done', messageId: 'reply' });
      expect(sessions.outcomes).toMatchObject([
        { status: 'COMPLETE', content: 'Hello, world', fromCache: false, inputTokens: 7, outputTokens: 3 },
      ]);
    });

    it('answers the same conversation from the cache, without asking the model', async () => {
      await service().generate('session', never);
      sessions = new FakeSessions();
      stream = new InMemoryTokenStream(600);
      await service().generate('session', never);

      expect(generator.requests).toHaveLength(1);
      expect(sessions.outcomes).toMatchObject([
        { status: 'COMPLETE', content: 'Hello, world', fromCache: true },
      ]);
      expect((await eventsOf()).map((e) => e.type)).toEqual(['token', 'done']);
    });

    it('tells the model the settings of the chat, but no temperature that it does not take', async () => {
      sessions.settings = { systemPrompt: 'Be kind.', temperature: 2 };
      await service().generate('session', never);
      models = [{ ...MODEL, maxTemperature: 1 }];
      sessions = new FakeSessions();
      stream = new InMemoryTokenStream(600);
      sessions.settings = { systemPrompt: null, temperature: 2 };
      await service().generate('session', never);

      const messages = [{ role: 'user', content: 'Say hello' }];
      expect(generator.requests).toEqual([{ system: 'Be kind.', temperature: 2, messages }, { messages }]);
    });

    describe('of a message that brings files along', () => {
      const image = { id: 'image', name: 'a.png', mediaType: 'image/png', size: 3, sha256: 'aa' };
      const text = { id: 'text', name: 'a.txt', mediaType: 'text/plain', size: 5, sha256: 'bb' };

      async function generateWith(...attachments: Attachment[]): Promise<void> {
        contents = new Map([
          ['image', Buffer.from('PNG')],
          ['text', Buffer.from('\ufeffGrüße')],
        ]);
        sessions = new FakeSessions();
        stream = new InMemoryTokenStream(600);
        sessions.branch = [{ role: 'USER', content: 'Look', attachments }];
        await service().generate('session', never);
      }

      it('shows them to the model', async () => {
        await generateWith(image, text);
        const attachments = [
          { type: 'image', name: 'a.png', mediaType: 'image/png', data: 'UE5H' },
          { type: 'text', name: 'a.txt', text: 'Grüße' },
        ];
        expect(generator.requests).toEqual([{ messages: [{ role: 'user', content: 'Look', attachments }] }]);
      });

      it('only names images to a model that takes none', async () => {
        models = [{ ...MODEL, acceptsImages: false }];
        await generateWith(image);
        expect(generator.requests).toEqual([
          { messages: [{ role: 'user', content: '[image a.png]\n\nLook' }] },
        ]);
      });

      it('answers from the cache what came with the same files, and nothing else', async () => {
        await generateWith(image);
        await generateWith({ ...image, id: 'uploaded again' });
        expect(sessions.outcomes).toMatchObject([{ fromCache: true }]);
        await generateWith({ ...image, sha256: 'cc' });
        expect(sessions.outcomes).toMatchObject([{ fromCache: false }]);
        await generateWith();
        expect(sessions.outcomes).toMatchObject([{ fromCache: false }]);
      });
    });

    it.each([
      { systemPrompt: 'Be rude.', temperature: 1 },
      { systemPrompt: null, temperature: 1 },
      { systemPrompt: 'Be kind.', temperature: 0.5 },
      { systemPrompt: 'Be kind.', temperature: null },
    ])('never answers from the cache what was said with other settings: %j', async (settings) => {
      sessions.settings = { systemPrompt: 'Be kind.', temperature: 1 };
      await service().generate('session', never);
      sessions = new FakeSessions();
      stream = new InMemoryTokenStream(600);
      sessions.settings = settings;
      await service().generate('session', never);

      expect(sessions.outcomes).toMatchObject([{ fromCache: false }]);
      expect(generator.requests).toHaveLength(2);
    });

    it.each([
      ['REFRESH', 2, 1],
      ['BYPASS', 2, 0],
    ] as const)('asks the model again with the policy %s', async (cachePolicy, asked, cached) => {
      for (let round = 0; round < 2; round++) {
        sessions = new FakeSessions({ cachePolicy });
        stream = new InMemoryTokenStream(600);
        await service().generate('session', never);
      }
      expect(generator.requests).toHaveLength(asked);
      expect(cache.entries.size).toBe(cached);
    });

    it('keeps the cache out where the installation turned it off', async () => {
      await service('off').generate('session', never);
      expect(cache.entries.size).toBe(0);
    });

    it('keeps the partial text when stopped mid-answer', async () => {
      const stop = new AbortController();
      generator = new ScriptedGenerator(
        sayingThenWaiting(['partial', ' text'], () => stop.abort(new GenerationAborted('stopped'))),
      );
      await service().generate('session', stop.signal);

      expect(sessions.outcomes).toMatchObject([{ status: 'STOPPED', content: 'partial text' }]);
      expect((await eventsOf()).at(-1)).toMatchObject({ type: 'done' });
      expect(cache.entries.size).toBe(0);
    });

    it('ends a reply that was stopped before it began, without asking the model', async () => {
      sessions.stopRequested = true;
      await service().generate('session', never);

      expect(generator.requests).toHaveLength(0);
      expect(sessions.outcomes).toMatchObject([{ status: 'STOPPED', content: '' }]);
    });

    it('keeps the partial text when the provider fails, tells why, and caches nothing', async () => {
      const failure = new AppError('PROVIDER_UNAVAILABLE', 'The test provider cannot be reached.');
      generator = new ScriptedGenerator(sayingThenThrowing(['some'], failure));
      await service().generate('session', never);

      expect(sessions.outcomes).toMatchObject([
        { status: 'FAILED', content: 'some', errorCode: 'PROVIDER_UNAVAILABLE' },
      ]);
      expect((await eventsOf()).at(-1)).toMatchObject({
        ...{ type: 'error', code: 'PROVIDER_UNAVAILABLE', retryable: true },
        message: 'The test provider cannot be reached.',
      });
      expect(cache.entries.size).toBe(0);
    });

    it('passes on when the provider may be asked again', async () => {
      const busy = new AppError('PROVIDER_RATE_LIMITED', 'Busy.', { retryAfterMs: 30_000 });
      generator = new ScriptedGenerator(sayingThenThrowing([], busy));
      await service().generate('session', never);
      expect((await eventsOf()).at(-1)).toMatchObject({ type: 'error', retryAfterMs: 30_000 });
    });

    it('asks the plan again, so that a model that left it is not asked', async () => {
      plans = [{ ...FREE, models: ['other/*'] }];
      await service().generate('session', never);

      expect(generator.requests).toHaveLength(0);
      expect(sessions.outcomes).toMatchObject([{ status: 'FAILED', errorCode: 'MODEL_NOT_IN_PLAN' }]);
    });

    it('hands its reply over: what had arrived is saved, and the next attempt starts over above it', async () => {
      const end = new AbortController();
      generator = new ScriptedGenerator(
        sayingThenWaiting(['first try'], () => end.abort(new GenerationAborted('handed-over'))),
      );
      await expect(service().generate('session', end.signal)).rejects.toThrow('handed-over');
      expect(sessions.partial).toEqual({ content: 'first try', reasoning: '' });

      generator = new ScriptedGenerator(saying('second try'));
      await service().generate('session', never);
      const events = await eventsOf();
      expect(events.map((e) => e.type)).toEqual(['restart', 'token', 'done']);
      expect(events[0]).toMatchObject({ attempt: 2, sequence: ATTEMPT_SPAN + 1 });
      expect(sessions.outcomes).toMatchObject([{ status: 'COMPLETE', content: 'second try' }]);
    });

    it('follows the same reply that another session makes, and asks no model', async () => {
      await leading();
      const reply = service().generate('session', never);
      await stream.append('leader', 1, [{ type: 'token', content: 'shared' }]);
      saved = { status: 'COMPLETE', inputTokens: 2, outputTokens: 1 };
      await stream.append('leader', 1, [{ type: 'done', messageId: 'other', status: 'COMPLETE' }]);
      await reply;

      expect(generator.requests).toHaveLength(0);
      expect(sessions.outcomes).toMatchObject([
        { status: 'COMPLETE', content: 'shared', fromCache: true, outputTokens: 1 },
      ]);
    });

    it.each(['STOPPED', undefined] as const)(
      'makes the reply itself when its leader ends as %s, and its worker dies before it ends the lead',
      async (status) => {
        await leading();
        const reply = service().generate('session', never);
        await stream.append('leader', 1, [{ type: 'token', content: 'half' }]);
        await shown('half');
        saved = status ? { status } : undefined;
        await stream.append('leader', 1, [{ type: 'done', messageId: 'other', status: 'COMPLETE' }]);
        await reply;

        expect((await eventsOf()).map((e) => e.type)).toEqual(['restart', 'token', 'done']);
        expect(sessions.outcomes).toMatchObject([
          { status: 'COMPLETE', content: 'Hello, world', fromCache: false },
        ]);
      },
    );

    it('makes the reply itself when its leader starts over', async () => {
      await leading();
      const reply = service().generate('session', never);
      await stream.append('leader', 1, [{ type: 'token', content: 'half' }]);
      await shown('half');
      await flight.release(key, 'leader');
      await stream.begin('leader', 2, [{ type: 'restart', attempt: 2, reason: 'INTERNAL' }]);
      await reply;
      expect(sessions.outcomes).toMatchObject([{ status: 'COMPLETE', content: 'Hello, world' }]);
    });

    it.each(['NOT_FOUND', 'SESSION_EXPIRED'] as const)(
      'makes the reply itself when the chat of its leader ends with %s',
      async (code) => {
        await leading();
        const reply = service().generate('session', never);
        await stream.append('leader', 1, [{ type: 'error', code, message: 'Its own.', retryable: false }]);
        await reply;
        expect(sessions.outcomes).toMatchObject([{ status: 'COMPLETE', content: 'Hello, world' }]);
      },
    );

    it('fails as its leader fails, without asking again', async () => {
      await leading();
      const reply = service().generate('session', never);
      await stream.append('leader', 1, [
        { type: 'error', code: 'PROVIDER_TIMEOUT', message: 'Too slow.', retryable: true },
      ]);
      await reply;
      expect(generator.requests).toHaveLength(0);
      expect(sessions.outcomes).toMatchObject([{ status: 'FAILED', errorCode: 'PROVIDER_TIMEOUT' }]);
      expect(await flight.lead(key, 'who asks next')).toBe('who asks next');
    });

    it('stops following without disturbing anybody', async () => {
      await leading();
      const stop = new AbortController();
      const reply = service().generate('session', stop.signal);
      await stream.append('leader', 1, [{ type: 'token', content: 'half' }]);
      await shown('half');
      stop.abort(new GenerationAborted('stopped'));
      await reply;
      expect(sessions.outcomes).toMatchObject([{ status: 'STOPPED', content: 'half' }]);
      expect(await stream.append('leader', 1, [{ type: 'token', content: 'goes on' }])).toBe(2);
    });

    it('gives up after the last attempt with what had been saved', async () => {
      sessions = new FakeSessions({ attempts: MAX_ATTEMPTS, status: 'STREAMING' });
      sessions.partial = { content: 'what was seen', reasoning: '' };
      await service().generate('session', never);

      expect(generator.requests).toHaveLength(0);
      expect(sessions.outcomes).toMatchObject([
        { status: 'FAILED', errorCode: 'INTERNAL', content: 'what was seen' },
      ]);
      expect((await eventsOf()).map((e) => e.type)).toEqual(['restart', 'token', 'error']);
    });

    it('gives a reply up for attempts that failed, not for those that were handed over', async () => {
      sessions = new FakeSessions({ attempts: MAX_ATTEMPTS + 1, status: 'STREAMING' });
      sessions.handovers = 2;
      await service().generate('session', never);
      expect(sessions.outcomes).toMatchObject([{ status: 'COMPLETE', content: 'Hello, world' }]);
    });

    it('writes nothing once another attempt has begun', async () => {
      generator = new ScriptedGenerator((signal) => {
        sessions.session = { ...sessions.session, attempts: 2 };
        return saying('stale')(signal);
      });
      await service().generate('session', never);
      expect(sessions.outcomes).toEqual([]);
    });

    it('starts over when the log was lost on the way', async () => {
      let now = 0;
      stream = new InMemoryTokenStream(600, () => now);
      let asked = 0;
      generator = new ScriptedGenerator(async function* (signal) {
        asked += 1;
        yield { type: 'text', text: 'first ' };
        await shown('first ');
        if (asked === 1) now += 601_000;
        yield* saying('and last')(signal);
      });
      await service().generate('session', never);

      expect((await eventsOf()).map((e) => e.type)).toEqual(['restart', 'token', 'done']);
      expect(sessions.outcomes).toMatchObject([{ status: 'COMPLETE', content: 'first and last' }]);
    });

    it('tells a saved reply again when the log was lost before the end was told', async () => {
      let now = 0;
      stream = new InMemoryTokenStream(600, () => now);
      cache.set = () => Promise.resolve(void (now += 601_000));
      await service().generate('session', never);
      expect((await eventsOf()).map((e) => e.type)).toEqual(['restart', 'token', 'done']);
    });

    it('tells the readers of a chat that was deleted meanwhile, and keeps what they had read of it', async () => {
      generator = new ScriptedGenerator((signal) => {
        sessions.deleted = true;
        return saying('heard')(signal);
      });
      await service().generate('session', never);
      expect((await eventsOf()).at(-1)).toMatchObject({ type: 'error', code: 'NOT_FOUND' });
      expect(sessions.partial.content).toBe('heard');
    });

    it('tells the end again where a worker died between saving and telling', async () => {
      await stream.begin('session', 1, [{ type: 'token', content: 'saved' }]);
      sessions = new FakeSessions({ attempts: 1, status: 'STREAMING' });
      await sessions.finish('session', 1, {
        status: 'COMPLETE',
        content: 'saved',
        reasoning: '',
        fromCache: false,
      });
      await service().generate('session', never);
      expect((await eventsOf()).map((e) => e.type)).toEqual(['restart', 'token', 'done']);
    });

    it('tells a saved reply again when the log has lost the attempt that made it', async () => {
      await stream.begin('session', 1, [{ type: 'token', content: 'earlier' }]);
      sessions = new FakeSessions({ attempts: 2, status: 'STREAMING' });
      await sessions.finish('session', 2, {
        ...{ status: 'COMPLETE', content: 'saved', reasoning: '', fromCache: false },
      });
      for (let times = 0; times < 2; times++) await service().generate('session', never);
      expect((await eventsOf()).map((e) => e.type)).toEqual(['restart', 'token', 'done']);
    });

    it('lets a fault of ours rise, so that the queue tries again', async () => {
      generator = new ScriptedGenerator(sayingThenThrowing([], new TypeError('bug')));
      await expect(service().generate('session', never)).rejects.toThrow('bug');
      expect(sessions.outcomes).toEqual([]);
    });
  });

  describe('expireOverdue', () => {
    it('tells whoever waits for a reply that nobody began', async () => {
      sessions = new FakeSessions({ expired: true });
      await service().expireOverdue();
      expect(await eventsOf()).toMatchObject([{ type: 'error', code: 'SESSION_EXPIRED' }]);
    });

    it('tells whoever waits for a reply that nobody went on with', async () => {
      sessions = new FakeSessions({ expired: true, attempts: 1, status: 'STREAMING' });
      await stream.begin('session', 1, [{ type: 'token', content: 'half' }]);
      await service().expireOverdue();
      expect((await eventsOf()).map((e) => e.type)).toEqual(['token', 'error']);
    });
  });
});
