import { ownPath } from './way-back';

describe(ownPath.name, () => {
  it('keeps a place of this page', () => {
    expect(ownPath('/chat/c1')).toBe('/chat/c1');
    expect(ownPath('/settings/plan?a=b')).toBe('/settings/plan?a=b');
  });

  it.each([
    ['//evil.example'],
    ['/\\evil.example'],
    ['/\t/evil.example'],
    ['https://evil.example/'],
    ['http://['],
    ['javascript:alert(1)'],
    ['/sign-in?back=/'],
    [''],
    [null],
    [undefined],
  ])('begins at the beginning rather than at %j', (path) => {
    expect(ownPath(path)).toBe('/');
  });
});
