/** Replies as models write them, and the corners of Markdown where a later line changes an earlier one. */
export const SAMPLE_DOCUMENTS: Readonly<Record<string, string>> = {
  'prose and marks':
    '# Title\n\nSome **bold**, *italic*, ~~gone~~ and `code`, see [the page](https://example.org/a_(b)).\nA second line.\n\nAnother paragraph with 2*3*4 and snake_case_name.\n',
  'tight and loose lists':
    'Before:\n- one\n- two\n  - nested **deep**\n  - more\n\n- loose\n\n  with a paragraph\n\n1. first\n2. second\n\n\n3. third\n\nAfter.',
  'a list that goes on after code':
    '1. Run:\n\n   ```bash\n   npm ci\n\n   npm test\n   ```\n\n2. Then:\n   ```js\n   const a = 1;\n   ```\n3. Done.\n\nEnd.',
  'task list': '- [ ] open\n- [x] done\n- [ ] **bold** one\n\n- [x] loose\n\n  more\n',
  'setext headings':
    'Big\n===\n\nSmall\n---\n\nText\nover two lines\n---\n\n---\n\nText\n- list, not heading\n',
  fences:
    'Code:\n```ts\nconst a = `x`;\n\n---\n# no heading\n| no | table |\n```\nText right after.\n\n~~~\n```\ninner\n```\n~~~\n',
  'nested fences': '````markdown\n```js\nalert(1)\n```\n````\n\nAfter.\n\n```\nnever closed\n\nstill code',
  tables:
    'Numbers:\n\n| Name | Count | **Bold** |\n|:-----|------:|:-:|\n| `a|b` | 1 | x \\| y |\n| two | 2 |\n\nText | with a pipe\n\na | b\n--|--\n1 | 2\nText after',
  quotes:
    '> quoted\ncontinued lazily\n\n> - list\n>   - nested\n>\n> ```py\n> print(1)\n> ```\n\n> > deep\n> back\n\nplain\n',
  'reference links':
    'See [one], [two][2] and [three][].\n\n- [one] again\n\n[one]: https://example.org/1 "First"\n[2]: https://example.org/2\n[three]: <https://example.org/3>\n\nAnd [one] once more, [constructor] and [__proto__].\n',
  'raw HTML':
    'A<br>B and <b>bold</b> <span onclick="x">span</span>.\n\n<div class="x">\n\n**inside**\n\n</div>\n\n<!-- a comment\n\nover lines -->\n\n<details>\n<summary>More</summary>\ntext\n</details>\n\nEnd <kbd>Ctrl</kbd>.\n',
  'indented code': 'Text\n\n    indented\n\n    more\n\nAfter\n\tnot code\n\n\tcode\n',
  'line ends': 'One\r\ntwo\r\n\r\n- a\r\n- b\r\n\r\n```\r\ncode\r\n```\r\nold\rmac\r\rend\r\n',
  'right to left': '## مرحبا\n\nهذا **نص** مع `code`.\n\n- واحد\n- اثنان\n',
  'headings without blank lines':
    '# A\ntext\n## B\n- x\n### C\n```\nd\n```\n#### E\n##### F\n###### G\n####### not\n',
  whitespace: '\n\n\n  text  \nbroken  \n\n\n   \n\t\n\nend\n\n\n',
  'images and addresses':
    '![A cat](https://img.example/cat.png) https://example.org/x?y=1&z=2, www.example.org.\n\n[![badge](https://img.example/b.svg)](https://example.org) <https://example.org> me@example.org &copy; &amp; A&B\n',
  formulas:
    'Energy \\(E = mc^2\\) and $a_1 * b_1$, **$x$** for $5 or $6.\n\n\\[\n\\int_0^1 x\n\n- dx\n\\]\n\nThus:\n$$\na\n- b\n= c\n$$\nand $$d$$ so.\n\n- item \\[ y \\]\n  $$\n  z\n  $$\n\n```math\ne^{i\\pi}\n```\n\n| $a$ | b |\n|---|---|\n| \\(c\\) | $3 |\n\n$$ never closed\n\nEnd $never.\n',
  'unclosed marks':
    'A **bold that never ends\n\nA `tick that never ends\n\n[a bracket\n\n![an image](http://\n\n- * -\n\n*\n\n1.\n\n>\n',
};

/** About `length` characters of a reply with everything a long one has. */
export function longReply(length: number): string {
  const section = (n: number) =>
    `## Step ${n}\n\nSome **bold** text with \`code\`, a [link](https://example.org/${n}) and plenty of ordinary words, so that it reads like a reply.\n\n- first point of ${n}\n- second point, *slanted*\n  - with a nested one\n\n\`\`\`ts\nexport function step${n}(input: string): string {\n  return input.trim() + '${n}';\n}\n\`\`\`\n\n| Name | Value |\n|---|---:|\n| a | ${n} |\n| b | ${n * 2} |\n\n`;
  let text = '';
  for (let n = 1; text.length < length; n += 1) text += section(n);
  return text.slice(0, length);
}

/** The text from its start to each of about `steps` places, and whole at the end. */
export function prefixes(text: string, step: number): readonly string[] {
  const all: string[] = [];
  for (let end = step; end < text.length; end += step) all.push(text.slice(0, end));
  return [...all, text];
}
