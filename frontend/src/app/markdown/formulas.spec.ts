import { TestBed } from '@angular/core/testing';
import katex from 'katex';
import { CLOCK } from './clock';
import { Formulas } from './formulas';
import { KATEX, type Typesetter } from './katex';
import { HOSTILE_INPUTS } from './testing/hostile-inputs';

const render: Typesetter = (tex, host, options) => katex.render(tex, host, options);

describe(Formulas.name, () => {
  let load: () => Promise<Typesetter>;
  let now: number;
  /** Milliseconds that every look at the clock takes. */
  let pace: number;
  let page: HTMLElement;

  beforeEach(() => {
    now = 0;
    pace = 0;
    load = () => Promise.resolve(render);
    TestBed.configureTestingModule({
      providers: [
        { provide: CLOCK, useValue: () => (now += pace) },
        { provide: KATEX, useValue: () => load() },
      ],
    });
    page = document.createElement('div');
    document.body.append(page);
  });

  afterEach(() => page.remove());

  const formulas = () => TestBed.inject(Formulas);
  const write = (...texts: readonly string[]) => {
    page.replaceChildren(
      ...texts.map((tex) => {
        const span = document.createElement('span');
        span.className = 'formula';
        span.textContent = tex;
        return span;
      }),
    );
  };
  const moments = async () => {
    for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setTimeout(resolve));
  };

  it('loads nothing for text without formulas', async () => {
    let loaded = 0;
    load = () => Promise.resolve(render).finally(() => loaded++);
    page.textContent = 'no formula';
    formulas().setSoon(page);
    await moments();
    expect(loaded).toBe(0);
  });

  it('sets a formula for eyes and for screen readers', async () => {
    write('x^2');
    formulas().setSoon(page);
    await moments();
    expect(page.querySelector('.katex-html')?.textContent).toBe('x2');
    expect(page.querySelector('.katex-html')?.getAttribute('aria-hidden')).toBe('true');
    expect(page.querySelector('math msup')?.textContent).toBe('x2');
  });

  it('runs from left to right, whatever the text around it does', async () => {
    write('E = mc^2');
    page.firstElementChild?.setAttribute('dir', 'ltr');
    formulas().setSoon(page);
    await moments();
    expect(page.querySelector('.formula.set')?.getAttribute('dir')).toBe('ltr');
  });

  it('sets later ones at once, before they are shown', async () => {
    write('a');
    formulas().setSoon(page);
    await moments();
    now += 100;
    write('b', 'a');
    formulas().setNow(page);
    expect(page.querySelectorAll('.katex')).toHaveLength(2);
  });

  it('stops when the frame has no time left, and goes on in the next quiet moment', async () => {
    write('a');
    formulas().setSoon(page);
    await moments();
    now += 100;
    pace = 5;
    write('b', 'c', 'd');
    formulas().setNow(page);
    const set = page.querySelectorAll('.katex').length;
    expect(set).toBeGreaterThan(0);
    expect(set).toBeLessThan(3);
    formulas().setSoon(page);
    await moments();
    expect(page.querySelectorAll('.katex')).toHaveLength(3);
  });

  it('shows the source of what is no formula, and of what it has no time for', async () => {
    write('\\frac{1', '\\unknown', '\\def\\a{\\a\\a}\\a', '{'.repeat(3000));
    const texts = [...page.children].map(({ textContent }) => textContent);
    formulas().setSoon(page);
    await moments();
    expect([...page.children].map(({ textContent }) => textContent)).toEqual(texts);
    expect(page.querySelector('.katex')).toBeNull();
  });

  it('keeps the source when KaTeX cannot be loaded, and tries again for the next formula', async () => {
    load = () => Promise.reject(new Error('offline'));
    write('x');
    formulas().setSoon(page);
    await moments();
    expect(page.textContent).toBe('x');
    load = () => Promise.resolve(render);
    formulas().setSoon(page);
    await moments();
    expect(page.querySelector('.katex')).not.toBeNull();
  });

  it('leaves half a formula alone', async () => {
    write('x');
    page.firstElementChild?.classList.add('open');
    formulas().setSoon(page);
    await moments();
    expect(page.querySelector('.katex')).toBeNull();
  });

  const tex = HOSTILE_INPUTS.flatMap((text) => [text, text.replace(/^(\\[([]|\$\$?)|(\\[)\]]|\$\$?)$/g, '')]);

  it.each(tex)('sets nothing that acts: %s', async (text) => {
    write(text);
    formulas().setSoon(page);
    await moments();
    for (const element of page.querySelectorAll('*')) {
      expect(
        element.matches('a, img, script, style, iframe, form, annotation-xml, foreignObject, use, image'),
      ).toBe(false);
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^(on|href|src|xlink|id$|data-)/);
        expect(value).not.toMatch(/url\(|position:\s*fixed|javascript:/i);
      }
    }
  });
});
