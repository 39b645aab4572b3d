import { describe, expect, it } from '@jest/globals';
import { SystemClock } from './clock.js';
import { DemoAdapter, DemoPace } from './demo.adapter.js';
import { chunksOf, collectReply } from './testing/collect-reply.js';
import { ManualClock } from './testing/manual-clock.js';

const NEVER = new AbortController().signal;
const AT_ONCE = new DemoPace(Infinity);

describe(DemoAdapter.name, () => {
  const ask = (content: string, model = 'rivulet') =>
    collectReply((take) =>
      new DemoAdapter(new SystemClock(), AT_ONCE).stream(
        { model, messages: [{ role: 'user', content }] },
        take,
        NEVER,
      ),
    );

  describe('stream', () => {
    it('quotes the prompt, says what it is and how to add a key', async () => {
      const { text, finish, error } = await ask('What is a “rivulet”?\nTell me.');

      expect(text).toContain('> What is a “rivulet”?\n> Tell me.');
      expect(text).toContain('Rivulet demo');
      expect(text).toContain('OPENAI_API_KEY');
      expect(text).toContain('/error PROVIDER_RATE_LIMITED');
      expect({ finish, error }).toEqual({ finish: 'stop', error: undefined });
    });

    it.each([
      ['Write a function that counts words', '```ts'],
      ['Compare tabs and spaces', '|---|---|---|'],
      ['Make a plan for the weekend', '- [ ] '],
      ['hello', '1. **Reload the page.**'],
    ])('answers “%s” with %s', async (prompt, mark) => {
      expect((await ask(prompt)).text).toContain(mark);
    });

    it.each([
      ['Write 1000 words about rivers', 1000],
      ['Write 99999 words', 5000],
      ['a long story, please', 800],
    ])('answers “%s” with at least %i words', async (prompt, words) => {
      const count = (await ask(prompt)).text.split(/\s+/).length;

      expect(count).toBeGreaterThanOrEqual(words);
      expect(count).toBeLessThan(words * 1.1 + 400);
    });

    it('says what came with the prompt', async () => {
      const { text } = await collectReply((take) =>
        new DemoAdapter(new SystemClock(), AT_ONCE).stream(
          {
            model: 'rivulet',
            messages: [
              {
                ...{ role: 'user', content: 'Look' },
                attachments: [
                  { type: 'text', name: 'no`tes.md', text: '# To do\n\n- sleep\n' },
                  { type: 'image', name: 'dot.png', mediaType: 'image/png', data: 'AAAA' },
                ],
              },
            ],
          },
          take,
          NEVER,
        ),
      );

      expect(text).toContain('> Look');
      expect(text).toContain('- `notes.md`, a text of 3 lines that begins with “To do sleep”');
      expect(text).toContain('- `dot.png`, a PNG image of 3 bytes');
    });

    it('gives the same answer to the same request', async () => {
      expect(await ask('surprise me')).toEqual(await ask('surprise me'));
    });

    it('keeps what a prompt holds from breaking its Markdown', async () => {
      const { text } = await ask('a | b `` ``` \n# c <b> compare');

      expect(text).toContain('> a | b `` ``` \n> # c <b> compare');
      expect(text.match(/^```/gm)?.length).toBe(2);
    });

    it('thinks aloud only as the reasoner', async () => {
      expect((await ask('hello')).reasoning).toBe('');
      expect((await ask('hello', 'rivulet-reasoner')).reasoning).toContain('1 words');
    });

    it('sends pieces of words, and counts them', async () => {
      const { chunks, usage, text } = await ask('hello 👋 world');
      const pieces = chunks.flatMap((chunk) => (chunk.type === 'text' ? [chunk.text] : []));

      expect(usage).toEqual({ inputTokens: 3, outputTokens: pieces.length });
      expect(pieces.length).toBeGreaterThan(100);
      for (const piece of pieces) expect(piece).toMatch(/^\P{Surrogate}+$/u);
      expect(pieces.join('')).toBe(text);
    });

    it('answers an empty prompt, too', async () => {
      expect((await ask('')).finish).toBe('stop');
    });

    it.each(['PROVIDER_RATE_LIMITED', 'PROVIDER_TIMEOUT', 'PROVIDER_UNAVAILABLE', 'PROVIDER_REJECTED'])(
      'fails in the middle with %s when asked to',
      async (code) => {
        const reply = await ask(`/error ${code}`);

        expect(reply).toMatchObject({ error: { code } });
        expect(reply.text.length).toBeGreaterThan(100);
      },
    );

    it('takes no other code', async () => {
      expect(await ask('/error UNAUTHENTICATED')).toMatchObject({ finish: 'stop' });
    });

    it('writes at its pace, and catches up after a late timer', async () => {
      const clock = new ManualClock();
      const request = { model: 'rivulet', messages: [{ role: 'user' as const, content: 'hello' }] };
      const chunks = chunksOf((take) =>
        new DemoAdapter(clock, new DemoPace(40)).stream(request, take, NEVER),
      );
      const first = chunks.next();
      expect(clock.pending).toEqual([25]);

      clock.advance(60);

      await first;
      await chunks.next();
      void chunks.next();
      await clock.timerOf(15);
      expect(clock.pending).toEqual([15]);
    });

    it('throws the reason at once when aborted between two words', async () => {
      const clock = new ManualClock();
      const stop = new AbortController();
      const reason = new Error('stopped');
      const request = { model: 'rivulet', messages: [{ role: 'user' as const, content: 'hello' }] };
      const adapter = new DemoAdapter(clock, new DemoPace(40));
      const waiting = chunksOf((take) => adapter.stream(request, take, stop.signal)).next();

      stop.abort(reason);

      await expect(waiting).rejects.toBe(reason);
      expect(clock.pending).toEqual([]);
    });
  });
});
