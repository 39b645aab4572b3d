import { refusalSentences } from './refusal-text';

describe(refusalSentences.name, () => {
  it('says why, once for each reason', () => {
    expect(refusalSentences([])).toEqual([]);
    expect(
      refusalSentences([
        { name: 'a.pdf', why: 'kind' },
        { name: 'log.txt', why: 'text-size' },
        { name: 'b.zip', why: 'kind' },
        { name: 'c.exe', why: 'kind' },
      ]),
    ).toEqual(['a.pdf and 2 more are neither images nor text.', 'log.txt is longer than 256 kB of text.']);
    expect(refusalSentences([{ name: 'ninth.txt', why: 'count' }])).toEqual([
      'ninth.txt was left out: a message takes up to 8 files.',
    ]);
    expect(refusalSentences([{ name: 'old.txt', why: 'forgotten' }])).toEqual([
      'old.txt was not sent for a day and is gone. Attach it again.',
    ]);
    expect(refusalSentences([{ name: 'huge.png', why: 'image-size' }])).toEqual([
      'huge.png is larger than 2.5 MB, and could not be made smaller.',
    ]);
  });
});
