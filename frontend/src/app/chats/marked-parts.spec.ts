import { markedParts } from './marked-parts';

describe(markedParts.name, () => {
  const shown = (text: string, search: string) =>
    markedParts(text, search)
      .map((part) => (part.marked ? `[${part.text}]` : part.text))
      .join('');

  it('marks every word wherever it stands, whatever its case', () => {
    expect(shown('Äpfel, and more äpfel', 'ÄPFEL more')).toBe('[Äpfel], and [more] [äpfel]');
  });

  it('marks nothing where nothing is searched for', () => {
    expect(shown('Apples', '  ')).toBe('Apples');
  });

  it('marks the longest of words that begin alike', () => {
    expect(shown('carpet', 'car carpet')).toBe('[carpet]');
  });

  it('takes what means something to a pattern as itself', () => {
    expect(shown('a.b (c) [d] 1+1', 'a.b (c) 1+1')).toBe('[a.b] [(c)] [d] [1+1]');
    expect(shown('axb', 'a.b')).toBe('axb');
  });
});
