import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { Theme } from '../shell/theme';
import { DiagramBlock } from './diagram-block';
import { Diagrams } from './diagrams';
import type { Drawing, DrawingRequest } from './drawing';

type Result = Drawing | 'refused' | 'unavailable';

const drawing = (svg: string, title = ''): Drawing => ({ svg, width: 300, height: 200, title });

/** Draws when the test says so. */
class FakeDiagrams {
  readonly asked: DrawingRequest[] = [];
  readonly known = (): undefined => undefined;
  #answer = Promise.withResolvers<Result>();

  draw(request: DrawingRequest): Promise<Result> {
    this.asked.push(request);
    this.#answer = Promise.withResolvers();
    return this.#answer.promise;
  }

  answer(result: Result): void {
    this.#answer.resolve(result);
  }
}

/** The block is on the screen when the test says so. */
class FakeIntersectionObserver {
  static tell: (isIntersecting: boolean) => void = () => undefined;

  constructor(told: (sights: { isIntersecting: boolean }[]) => void) {
    FakeIntersectionObserver.tell = (isIntersecting) => told([{ isIntersecting }]);
  }

  readonly observe = (): void => undefined;
  readonly disconnect = (): void => undefined;
}

describe(DiagramBlock.name, () => {
  let fixture: ComponentFixture<DiagramBlock>;
  let page: HTMLElement;
  let diagrams: FakeDiagrams;
  const colours = signal<'light' | 'dark'>('light');
  const before = globalThis.IntersectionObserver;
  const image = () => page.querySelector('img');
  const code = () => page.querySelector('pre') as HTMLElement;
  const button = () => page.querySelector<HTMLButtonElement>('button[bar]');

  async function set(inputs: { source?: string; growing?: boolean }): Promise<void> {
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
  }

  async function see(isIntersecting = true): Promise<void> {
    FakeIntersectionObserver.tell(isIntersecting);
    await fixture.whenStable();
  }

  async function answer(result: Result): Promise<void> {
    diagrams.answer(result);
    await Promise.resolve();
    await fixture.whenStable();
  }

  beforeEach(() => {
    globalThis.IntersectionObserver = FakeIntersectionObserver as unknown as typeof IntersectionObserver;
    colours.set('light');
    diagrams = new FakeDiagrams();
    TestBed.configureTestingModule({
      providers: [
        { provide: Diagrams, useValue: diagrams },
        { provide: Theme, useValue: { colours } },
      ],
    });
    fixture = TestBed.createComponent(DiagramBlock);
    page = fixture.nativeElement as HTMLElement;
  });

  afterEach(() => (globalThis.IntersectionObserver = before));

  it('is code while it grows, and until it is seen and drawn', async () => {
    await set({ source: 'flowchart TD', growing: true });
    await see();
    expect(code().textContent).toBe('flowchart TD');
    await see(false);
    await set({ source: 'flowchart TD\nA --> B', growing: false });
    expect(diagrams.asked).toEqual([]);
    await see();
    expect(diagrams.asked).toEqual([{ source: 'flowchart TD\nA --> B', colours: 'light' }]);
    expect([code().hidden, image(), button()]).toEqual([false, null, null]);

    await answer(drawing('<svg>%</svg>', 'Water'));
    expect(code().hidden).toBe(true);
    expect(image()?.src).toBe('data:image/svg+xml,%3Csvg%3E%25%3C%2Fsvg%3E');
    expect(image()?.alt).toBe('Water');
    // The room is known before the picture is.
    expect([image()?.getAttribute('width'), image()?.getAttribute('height')]).toEqual(['300', '200']);
  });

  it('can be turned into its code and back', async () => {
    await set({ source: 'a' });
    await see();
    await answer(drawing('<svg/>'));
    expect(button()?.getAttribute('aria-label')).toBe('Show code');
    button()?.click();
    await fixture.whenStable();
    expect([code().hidden, image()]).toEqual([false, null]);
    expect(button()?.getAttribute('aria-label')).toBe('Show diagram');
    button()?.click();
    await fixture.whenStable();
    expect(code().hidden).toBe(true);
    expect(image()).not.toBeNull();
  });

  it('stays code that says so where it cannot be drawn', async () => {
    await set({ source: 'nonsense' });
    await see();
    await answer('refused');
    expect(page.textContent).toContain('This diagram cannot be drawn.');
    expect([code().hidden, button()]).toEqual([false, null]);
  });

  it('stays code without a word while Mermaid is out of reach, and tries again when it is seen again', async () => {
    await set({ source: 'a' });
    await see();
    await answer('unavailable');
    expect(page.textContent).not.toContain('cannot be drawn');
    await see(false);
    await see();
    await answer(drawing('<svg/>'));
    expect(image()).not.toBeNull();
  });

  it('stays code where it is huge or empty', async () => {
    await set({ source: 'x'.repeat(20_001) });
    await see();
    await set({ source: ' \n' });
    expect(diagrams.asked).toEqual([]);
  });

  it('keeps the drawing until the one in other colours is there', async () => {
    await set({ source: 'a' });
    await see();
    await answer(drawing('light'));
    colours.set('dark');
    await fixture.whenStable();
    expect(diagrams.asked.at(-1)).toEqual({ source: 'a', colours: 'dark' });
    expect(image()?.src).toContain('light');
    await answer(drawing('dark'));
    expect(image()?.src).toContain('dark');
  });

  it('never shows the drawing of an earlier text', async () => {
    await set({ source: 'a' });
    await see();
    await set({ source: 'b', growing: true });
    await answer(drawing('<svg/>'));
    expect([code().hidden, image()]).toEqual([false, null]);
    expect(code().textContent).toBe('b');
  });
});
