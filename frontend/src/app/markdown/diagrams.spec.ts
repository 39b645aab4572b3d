import { TestBed } from '@angular/core/testing';
import { Diagrams } from './diagrams';
import type { Drawing, DrawingRequest } from './drawing';
import { MERMAID, type MermaidFrame } from './mermaid';

const drawingOf = (source: string): Drawing => ({
  svg: `<svg>${source}</svg>`,
  width: 20,
  height: 10,
  title: '',
});
const light = (source: string): DrawingRequest => ({ source, colours: 'light' });

/** Draws at once, unless the test says otherwise. */
class FakeFrame implements MermaidFrame {
  readonly asked: string[] = [];
  closed = false;

  constructor(private readonly answer: (request: DrawingRequest) => unknown) {}

  async draw(request: DrawingRequest): Promise<unknown> {
    this.asked.push(request.source);
    return await this.answer(request);
  }

  close(): void {
    this.closed = true;
  }
}

describe(Diagrams.name, () => {
  let frames: FakeFrame[];
  let reachable: boolean;
  let answer: (request: DrawingRequest) => unknown;
  const diagrams = () => TestBed.inject(Diagrams);

  beforeEach(() => {
    frames = [];
    reachable = true;
    answer = ({ source }) => drawingOf(source);
    const open = async (): Promise<MermaidFrame> => {
      if (!reachable) throw new Error('out of reach');
      const frame = new FakeFrame((request) => answer(request));
      frames.push(frame);
      return await Promise.resolve(frame);
    };
    TestBed.configureTestingModule({ providers: [{ provide: MERMAID, useValue: open }] });
  });

  describe('draw', () => {
    it('opens one frame for all diagrams, and none before the first', async () => {
      diagrams();
      expect(frames).toHaveLength(0);
      const drawn = await Promise.all([diagrams().draw(light('a')), diagrams().draw(light('b'))]);
      expect(drawn).toEqual([drawingOf('a'), drawingOf('b')]);
      expect(frames.map(({ asked }) => asked)).toEqual([['a', 'b']]);
    });

    it('draws one at a time', async () => {
      const first = Promise.withResolvers<unknown>();
      answer = ({ source }) => (source === 'a' ? first.promise : drawingOf(source));
      const a = diagrams().draw(light('a'));
      const b = diagrams().draw(light('b'));
      await moments();
      expect(frames[0]?.asked).toEqual(['a']);
      first.resolve(drawingOf('a'));
      expect(await a).toEqual(drawingOf('a'));
      expect(await b).toEqual(drawingOf('b'));
    });

    it('draws the same once, and anew in other colours', async () => {
      expect(diagrams().known(light('a'))).toBeUndefined();
      await diagrams().draw(light('a'));
      await diagrams().draw(light('a'));
      expect(diagrams().known(light('a'))).toEqual(drawingOf('a'));
      await diagrams().draw({ source: 'a', colours: 'dark' });
      expect(frames[0]?.asked).toEqual(['a', 'a']);
    });

    it('remembers what Mermaid does not understand', async () => {
      answer = () => null;
      expect(await diagrams().draw(light('nonsense'))).toBe('refused');
      expect(diagrams().known(light('nonsense'))).toBe('refused');
    });

    it.each([
      ['words', 'hello'],
      ['no size', { svg: '<svg/>', width: Number.NaN, height: 10 }],
      ['a size beyond everything', { svg: '<svg/>', width: 10, height: 1e9 }],
      ['something else than text', { svg: ['<svg/>'], width: 10, height: 10 }],
      ['no end of text', { svg: 'x'.repeat(2_000_001), width: 10, height: 10 }],
    ])('takes %s for no drawing', async (_what, said) => {
      answer = () => said;
      expect(await diagrams().draw(light('a'))).toBe('refused');
    });

    it('opens another frame after one that did not answer', async () => {
      answer = ({ source }) => {
        if (source === 'endless') throw new Error('no answer');
        return drawingOf(source);
      };
      expect(await diagrams().draw(light('endless'))).toBe('refused');
      expect(frames[0]?.closed).toBe(true);
      expect(await diagrams().draw(light('a'))).toEqual(drawingOf('a'));
      expect(frames).toHaveLength(2);
      // What it was is not tried again.
      expect(await diagrams().draw(light('endless'))).toBe('refused');
      expect(frames).toHaveLength(2);
    });

    it('tries again with the next diagram when Mermaid was out of reach', async () => {
      reachable = false;
      expect(await diagrams().draw(light('a'))).toBe('unavailable');
      expect(diagrams().known(light('a'))).toBeUndefined();
      reachable = true;
      expect(await diagrams().draw(light('a'))).toEqual(drawingOf('a'));
    });
  });
});

async function moments(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setTimeout(resolve));
}
