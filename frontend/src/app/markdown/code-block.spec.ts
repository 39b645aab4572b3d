import { Clipboard } from '@angular/cdk/clipboard';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { CodeBlock } from './code-block';
import { Highlighter } from './highlighter';

class FakeClipboard {
  allowed = true;
  text = '';

  copy(text: string): boolean {
    this.text = text;
    return this.allowed;
  }
}

/** Colours the whole text, when the test says so. */
class FakeHighlighter {
  readonly asked: string[] = [];
  readonly #waiting: { promise: Promise<string>; resolve: () => void }[] = [];

  highlight(code: string): Promise<string> {
    this.asked.push(code);
    const { promise, resolve } = deferred();
    this.#waiting.push({ promise, resolve: () => resolve(`<span class="hljs-string">${code}</span>`) });
    return promise;
  }

  async finish(): Promise<void> {
    for (const { resolve } of this.#waiting) resolve();
    await Promise.all(this.#waiting.splice(0).map(({ promise }) => promise));
  }
}

describe(CodeBlock.name, () => {
  let fixture: ComponentFixture<CodeBlock>;
  let page: HTMLElement;
  const clipboard = () => TestBed.inject(Clipboard) as unknown as FakeClipboard;
  const highlighter = () => TestBed.inject(Highlighter) as unknown as FakeHighlighter;
  const button = () => page.querySelector('button') as HTMLButtonElement;

  async function set(inputs: { code: string; language?: string; growing?: boolean }): Promise<void> {
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
  }

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        { provide: Clipboard, useClass: FakeClipboard },
        { provide: Highlighter, useClass: FakeHighlighter },
      ],
    });
    fixture = TestBed.createComponent(CodeBlock);
    page = fixture.nativeElement as HTMLElement;
  });

  it('names the language and is a group that scrolls by keyboard', async () => {
    await set({ code: 'x', language: 'py' });
    const group = page.querySelector('pre') as HTMLElement;
    expect(page.querySelector('.language')?.textContent).toBe('Python');
    expect(group.getAttribute('role')).toBe('group');
    expect(group.getAttribute('aria-label')).toBe('Code, Python');
    expect(group.tabIndex).toBe(0);
    expect(group.textContent).toBe('x');
  });

  it('copies the code and says so', async () => {
    await set({ code: 'a <b> c\n' });
    expect(button().getAttribute('aria-label')).toBe('Copy code');
    button().click();
    await fixture.whenStable();
    expect(clipboard().text).toBe('a <b> c\n');
    expect(button().textContent.trim()).toBe('Copied');
    expect(page.querySelector('[role=status]')?.textContent).toBe('Copied');
  });

  it('says when the browser does not allow copying', async () => {
    await set({ code: 'a' });
    clipboard().allowed = false;
    button().click();
    await fixture.whenStable();
    expect(button().textContent.trim()).toBe('Copy');
    expect(page.querySelector('[role=status]')?.textContent).toContain('did not allow');
  });

  it('waits with copying and colours while it grows', async () => {
    await set({ code: 'a', language: 'js', growing: true });
    expect(button().disabled).toBe(true);
    expect(highlighter().asked).toEqual([]);
    await set({ code: 'a b', growing: false });
    expect(button().disabled).toBe(false);
    expect(highlighter().asked).toEqual(['a b']);
  });

  it('shows plain text until the colours are there, and the same text then', async () => {
    await set({ code: 'a', language: 'js' });
    expect(page.querySelector('code')?.innerHTML).toBe('a');
    await highlighter().finish();
    await fixture.whenStable();
    expect(page.querySelector('code')?.innerHTML).toBe('<span class="hljs-string">a</span>');
    expect(page.querySelector('pre')?.textContent).toBe('a');
  });

  it('never shows colours of an earlier text', async () => {
    await set({ code: 'a', language: 'js' });
    await set({ code: 'b' });
    await highlighter().finish();
    await fixture.whenStable();
    expect(page.querySelector('pre')?.textContent).toBe('b');
    await set({ code: 'c' });
    expect(page.querySelector('pre')?.textContent).toBe('c');
  });
});

function deferred(): { promise: Promise<string>; resolve: (html: string) => void } {
  let resolve: (html: string) => void = () => undefined;
  const promise = new Promise<string>((settle) => (resolve = settle));
  return { promise, resolve };
}
