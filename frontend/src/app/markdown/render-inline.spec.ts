import { renderInline, renderVerbatim } from './render-inline';
import { HOSTILE_INPUTS } from './testing/hostile-inputs';

const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html').body;

describe(renderInline.name, () => {
  it.each(HOSTILE_INPUTS)('is inert before it is sanitised: %s', (text) => {
    for (const body of [parse(renderInline(text, {})), parse(renderVerbatim(text))]) {
      expect(
        body.querySelector('script, style, iframe, object, form, input, img, svg, math, template'),
      ).toBeNull();
      for (const element of body.querySelectorAll('*')) {
        for (const { name, value } of element.attributes) {
          expect(['class', 'dir', 'href', 'title']).toContain(name);
          if (name === 'href') expect(value).toMatch(/^(https?|mailto):/);
        }
      }
    }
  });

  it.each([
    ['[a][b]', '<a href="https://x.example/">a</a>'],
    ['[constructor] [a](/local)', '[constructor] a'],
    [
      '[![c](https://i.example/c.png)](https://x.example)',
      '<a href="https://x.example/"><span class="image">Image: c — i.example</span></a>',
    ],
    ['a\nb', 'a<br>b'],
    ['<kbd>a < b</kbd>', '<kbd>a &lt; b</kbd>'],
  ])('renders %j', (markup, html) => {
    expect(renderInline(markup, { b: { href: 'https://x.example' } })).toBe(html);
  });
});
