import { Highlighter } from './highlighter';
import { findLanguage } from './languages';

function textOf(html: string | undefined): string | null {
  return new DOMParser().parseFromString(`<pre>${html ?? ''}</pre>`, 'text/html').body.textContent;
}

describe(Highlighter.name, () => {
  const highlighter = new Highlighter();

  it.each([
    ['ts', 'const a: string = `x${1}`;'],
    ['py', 'def f(): return "x"'],
    ['html', '<p class="a">b</p><script>let c = 1;</script>'],
    ['sh', 'echo "$HOME" # home'],
  ])('colours %s and keeps its text', async (language, code) => {
    const html = await highlighter.highlight(code, language);
    expect(html).toContain('class="hljs-');
    expect(textOf(html)).toBe(code);
  });

  it.each(['', 'mermaid', 'constructor', '__proto__'])('leaves %j plain', async (language) => {
    expect(await highlighter.highlight('a', language)).toBeUndefined();
  });

  it('leaves very long code plain', async () => {
    expect(await highlighter.highlight('a'.repeat(50_001), 'js')).toBeUndefined();
  });
});

describe(findLanguage.name, () => {
  it.each([
    ['JS', 'JavaScript'],
    ['c++', 'C++'],
    ['yml', 'YAML'],
    ['sh', 'Shell'],
  ])('knows %s', (name, label) => {
    expect(findLanguage(name)?.label).toBe(label);
  });
});
