import { patchChildren } from './patch-children';

function element(html: string): HTMLElement {
  const box = document.createElement('div');
  box.innerHTML = html;
  return box;
}

describe(patchChildren.name, () => {
  it.each([
    ['', 'a'],
    ['a', ''],
    ['a <b>b</b>', 'a <b>b</b> c'],
    ['a <b>b</b> c', 'a <i>b</i> c'],
    ['<a href="https://a.example">a</a>', '<a href="https://b.example">a</a>'],
    ['<b>a</b><i>b</i>', 'x<b>a</b>'],
    ['a', 'b'],
  ])('makes %j into %j', (before, after) => {
    const target = element(before);
    patchChildren(target, element(after));
    expect(target.innerHTML).toBe(after);
  });

  it('keeps nodes that only grow', () => {
    const target = element('a <b>b <i>c</i></b>');
    const kept = [target.firstChild, target.querySelector('b'), target.querySelector('i')?.firstChild];
    patchChildren(target, element('a <b>b <i>cd</i> e</b> f'));
    expect([target.firstChild, target.querySelector('b'), target.querySelector('i')?.firstChild]).toEqual(
      kept,
    );
    expect(kept.every((node) => node && target.contains(node))).toBe(true);
  });

  it('keeps a selection inside text that grows', () => {
    const target = element('some words');
    document.body.append(target);
    getSelection()?.setBaseAndExtent(target.firstChild as Text, 5, target.firstChild as Text, 10);
    patchChildren(target, element('some words and more'));
    expect(getSelection()?.toString()).toBe('words');
    target.remove();
  });
});
