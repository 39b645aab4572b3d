import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { nextTask } from '../browser/next-task';
import { CLOCK } from './clock';
import { FirstReading } from './first-reading';
import { Markdown } from './markdown';
import { QuietTurns } from './quiet-turns';
import { HOSTILE_INPUTS } from './testing/hostile-inputs';
import { SAMPLE_DOCUMENTS, prefixes } from './testing/sample-documents';

type Fixture = ComponentFixture<Markdown>;

let now = 0;

beforeEach(() => TestBed.configureTestingModule({ providers: [{ provide: CLOCK, useValue: () => now }] }));

async function show(fixture: Fixture, source: string, growing: boolean): Promise<HTMLElement> {
  fixture.componentRef.setInput('source', source);
  fixture.componentRef.setInput('growing', growing);
  await fixture.whenStable();
  // Text that comes too soon after the last is taken over with a later frame.
  for (let frame = 0; growing && frame < 3; frame += 1) {
    now += 1000;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await fixture.whenStable();
  }
  return fixture.nativeElement as HTMLElement;
}

async function render(source: string, growing = false): Promise<HTMLElement> {
  return show(TestBed.createComponent(Markdown), source, growing);
}

/** The page's HTML without what Angular writes for itself. */
function htmlOf(element: HTMLElement): string {
  return element.innerHTML.replace(/<!--[\s\S]*?-->| ng-reflect-\S+| class=""/g, '');
}

describe(Markdown.name, () => {
  it('is read in the task after the one in which the first chat of the page is created', async () => {
    TestBed.inject(FirstReading).hold();
    const fixture = TestBed.createComponent(Markdown);
    fixture.componentRef.setInput('source', 'A **first** text.');
    fixture.detectChanges();
    const page = fixture.nativeElement as HTMLElement;
    expect(page.textContent).toBe('');
    await nextTask();
    await fixture.whenStable();
    expect(page.textContent).toBe('A first text.');
  });

  describe('a long reply that is there already', () => {
    const paragraphs = Array.from({ length: 60 }, (_, index) => `paragraph ${index + 1}`);
    const shown = (page: HTMLElement) =>
      [...page.querySelectorAll('p')].map(({ textContent }) => textContent);

    it('is shown whole to whoever looks for its beginning', async () => {
      const fixture = TestBed.createComponent(Markdown);
      fixture.componentRef.setInput('whole', true);
      expect(shown(await show(fixture, paragraphs.join('\n\n'), false))).toEqual(paragraphs);
    });

    it('stays whole where it was seen to grow', async () => {
      const fixture = TestBed.createComponent(Markdown);
      await show(fixture, paragraphs.slice(0, 5).join('\n\n'), true);
      await show(fixture, paragraphs.join('\n\n'), true);
      expect(shown(await show(fixture, paragraphs.join('\n\n'), false))).toEqual(paragraphs);
    });

    it('shows its end at once, and the rest bit by bit', async () => {
      const fixture = TestBed.createComponent(Markdown);
      const page = await show(fixture, paragraphs.join('\n\n'), false);
      const first = shown(page);
      expect(first).toEqual(paragraphs.slice(-first.length));
      expect(first.length).toBeLessThan(40);
      // Whoever is at the end stays there, whatever comes in above.
      expect(page.querySelector('.to-come')).not.toBeNull();

      const [last] = page.querySelectorAll('app-markdown-blocks:last-child');
      for (let turns = 0; turns < 5; turns += 1) {
        await TestBed.inject(QuietTurns).next();
        await fixture.whenStable();
      }
      expect(shown(page)).toEqual(paragraphs);
      expect(page.querySelector('app-markdown-blocks:last-child')).toBe(last);
      expect(page.querySelector('.to-come')).toBeNull();
    });
  });

  describe('a whole reply', () => {
    it.each(['#', '##', '####'])('has headings one below the other that begin with %s', async (first) => {
      const page = await render(`${first} A\n\n- ${first}# B\n\n# C\n`);
      const levels = [...page.querySelectorAll('h3, h4, h5, h6')].map((heading) => heading.ariaLevel);
      expect(levels).toEqual(['3', '4', '3']);
    });

    it('shows blocks as elements', async () => {
      const page = await render('# A\n\ntext **b**\n\n- x\n  1. y\n\n> q\n\n---\n\n```js\n1\n```\n');
      expect(page.querySelector('h3')?.textContent).toBe('A');
      expect(page.querySelector('p > strong')?.textContent).toBe('b');
      expect(page.querySelector('ul > li ol > li')?.textContent.trim()).toBe('y');
      expect(page.querySelector('blockquote p')?.textContent).toBe('q');
      expect(page.querySelector('hr')).not.toBeNull();
      expect(page.querySelector('app-code-block code')?.textContent).toBe('1');
    });

    it('shows tasks as boxes nobody can tick', async () => {
      const boxes = (await render('- [x] a\n- [ ] b')).querySelectorAll<HTMLInputElement>('li.task > input');
      expect([...boxes].map(({ checked, disabled, type }) => ({ checked, disabled, type }))).toEqual([
        { checked: true, disabled: true, type: 'checkbox' },
        { checked: false, disabled: true, type: 'checkbox' },
      ]);
    });

    it('opens links elsewhere and tells the other side nothing', async () => {
      const link = (await render('[a](https://example.org/?a=1&b=2)')).querySelector('a');
      expect(link?.getAttribute('href')).toBe('https://example.org/?a=1&b=2');
      expect(link?.target).toBe('_blank');
      expect(link?.rel).toBe('noopener noreferrer nofollow');
    });

    it('offers an image as a link with its host', async () => {
      const page = await render('![A cat](https://img.example/cat.png)');
      expect(page.querySelector('img')).toBeNull();
      expect(page.querySelector('a.image')?.textContent).toBe('Image: A cat — img.example');
    });

    it('shows raw HTML as text, and bare inline tags as what they mean', async () => {
      const page = await render('a<br>b <span>c</span> H<sub>2</sub>O\n\n<div>\nx\n</div>\n\n<!-- gone -->');
      expect(page.querySelector('p > br')).not.toBeNull();
      expect(page.querySelector('sub')?.textContent).toBe('2');
      expect(page.textContent).toContain('<span>c</span>');
      expect(page.querySelector('.verbatim')?.textContent).toBe('<div>\nx\n</div>');
      expect(page.textContent).not.toContain('gone');
    });

    it('lets wide tables scroll by keyboard and text run its own way', async () => {
      const page = await render('| a |\n|--:|\n| b |\n\nمرحبا');
      const table = page.querySelector<HTMLElement>('.table');
      expect(table?.tabIndex).toBe(0);
      expect(table?.getAttribute('role')).toBe('group');
      expect(table?.querySelector('td')?.className).toBe('right');
      expect(page.querySelector('p')?.dir).toBe('auto');
    });

    it('lets a column without a name have no heading', async () => {
      const page = await render('|  | Redis |\n|--|--|\n| Keeps jobs | yes |');
      expect(Array.from(page.querySelectorAll('th'), (cell) => cell.textContent)).toEqual(['Redis']);
      expect(page.querySelectorAll('td')).toHaveLength(3);
    });
  });

  describe('a growing reply', () => {
    it('keeps the nodes of earlier blocks, and the growing one', async () => {
      const fixture = TestBed.createComponent(Markdown);
      const page = await show(fixture, '# A\n\nfirst **bold**\n\n- one\n- tw', true);
      const kept = [...page.querySelectorAll('h3, p, p *, ul, li, li span')];
      const texts = [page.querySelector('p')?.firstChild, page.querySelector('li span')?.firstChild];
      expect(kept).toHaveLength(8);
      await show(fixture, '# A\n\nfirst **bold**\n\n- one\n- two\n\nmore', true);
      await show(fixture, '# A\n\nfirst **bold**\n\n- one\n- two\n\nmore text', false);
      expect([...page.querySelectorAll('h3, p, p *, ul, li, li span')].slice(0, 8)).toEqual(kept);
      expect(kept.every((node) => page.contains(node))).toBe(true);
      expect(texts.every((node) => node && page.contains(node))).toBe(true);
    });

    it('touches nothing but the last block', async () => {
      const fixture = TestBed.createComponent(Markdown);
      const page = await show(fixture, 'first [a](https://x.example)\n\n| a |\n|---|\n| b |\n\nlast', true);
      const records: MutationRecord[] = [];
      const observer = new MutationObserver((delivered) => records.push(...delivered));
      observer.observe(page, { subtree: true, childList: true, characterData: true, attributes: true });
      await show(fixture, 'first [a](https://x.example)\n\n| a |\n|---|\n| b |\n\nlast wor', true);
      // Those that wait for their delivery would be lost.
      records.push(...observer.takeRecords());
      observer.disconnect();
      const changed = records.map(({ target }) => target);
      const last = page.querySelectorAll('p')[1];
      expect(changed.length).toBeGreaterThan(0);
      expect(changed.every((node) => last?.contains(node))).toBe(true);
    });

    it('appends to the text node it has', async () => {
      const fixture = TestBed.createComponent(Markdown);
      const page = await show(fixture, 'some te', true);
      const text = page.querySelector('p')?.firstChild;
      await show(fixture, 'some text', true);
      expect(page.querySelector('p')?.firstChild).toBe(text);
      expect(text?.textContent).toBe('some text');
    });

    it('takes text over once per frame', async () => {
      const fixture = TestBed.createComponent(Markdown);
      const page = await show(fixture, 'a', true);
      for (const source of ['a b', 'a b c', 'a b c d']) {
        fixture.componentRef.setInput('source', source);
        fixture.detectChanges();
      }
      expect(page.textContent).not.toContain('d');
      await show(fixture, 'a b c d', true);
      expect(page.textContent).toContain('a b c d');
    });

    it('marks the block that grows, until nothing does', async () => {
      const fixture = TestBed.createComponent(Markdown);
      const page = await show(fixture, 'a\n\n- b\n- c', true);
      expect(
        [...page.querySelectorAll('p.growing, span.growing')].map(({ textContent }) => textContent),
      ).toEqual(['c']);
      await show(fixture, 'a\n\n- b\n- c', false);
      expect(page.querySelector('.growing')).toBeNull();
    });

    it('starts over with another text', async () => {
      const fixture = TestBed.createComponent(Markdown);
      await show(fixture, '# A\n\nfirst', true);
      const page = await show(fixture, 'second', true);
      expect(page.textContent.trim()).toBe('second');
    });

    it.each(Object.entries(SAMPLE_DOCUMENTS))('ends as if it had come whole: %s', async (_name, text) => {
      const whole = htmlOf(await render(text));
      for (const step of [5, 17, 61]) {
        const fixture = TestBed.createComponent(Markdown);
        for (const prefix of prefixes(text, step)) {
          fixture.componentRef.setInput('source', prefix);
          fixture.componentRef.setInput('growing', true);
          fixture.detectChanges();
        }
        expect(htmlOf(await show(fixture, text, false))).toBe(whole);
        fixture.destroy();
      }
    });
  });

  describe('hostile text', () => {
    const FORBIDDEN =
      'script, style, link, meta, base, iframe, object, embed, form, button:not(app-code-block button), textarea, select, img, svg, math, video, audio, template, details, dialog, [style], [id], [name], [src], [srcdoc], [ping], [formaction], [action]';

    it.each(HOSTILE_INPUTS)('stays text: %s', async (text) => {
      const fixture = TestBed.createComponent(Markdown);
      for (const growing of [true, false]) {
        const page = await show(fixture, text, growing);
        expect([...page.querySelectorAll(FORBIDDEN)].map(({ outerHTML }) => outerHTML)).toEqual([]);
        for (const element of page.querySelectorAll('*')) {
          expect([...element.attributes].filter(({ name }) => name.startsWith('on'))).toEqual([]);
        }
        for (const link of page.querySelectorAll('[href]')) {
          expect(link.getAttribute('href')).toMatch(/^(https?|mailto):/);
          expect(link.getAttribute('rel')).toBe('noopener noreferrer nofollow');
          expect(link.getAttribute('target')).toBe('_blank');
        }
        for (const input of page.querySelectorAll('input')) {
          expect(input.type).toBe('checkbox');
          expect(input.disabled).toBe(true);
        }
      }
    });
  });
});
