import { describe, expect, it } from '@jest/globals';
import { textOf } from './message-parts.js';

describe(textOf.name, () => {
  const told = (content: string, ...texts: string[]) =>
    textOf({
      ...{ role: 'user', content },
      attachments: texts.map((text, i) => ({ type: 'text', name: `${i}.txt`, text })),
    });

  it('has the files before the message, each below its name', () => {
    expect(told('What is it?', 'one\n', 'two')).toBe(
      '0.txt:\n\n```\none\n```\n\n1.txt:\n\n```\ntwo\n```\n\nWhat is it?',
    );
    expect(told('Nothing')).toBe('Nothing');
  });

  it('keeps a file inside its fence, whatever fences it has', () => {
    expect(told('?', 'a\n`````\nb')).toBe('0.txt:\n\n``````\na\n`````\nb\n``````\n\n?');
  });

  it('tells images apart', () => {
    const attachments = [{ type: 'image', name: 'a.png', mediaType: 'image/png', data: 'AA==' }] as const;
    expect(textOf({ role: 'user', content: 'a', attachments })).toBe('a');
  });
});
