import { describe, expect, it } from '@jest/globals';
import { emailAddress } from './email-address.js';

describe(emailAddress.name, () => {
  it.each([
    [' Ada@Example.COM\n', 'ada@example.com'],
    ['ａｄａ@example.com', 'ada@example.com'],
    ['ÄDA@exämple.de', 'äda@exämple.de'],
  ])('takes %j for %s', (text, address) => {
    expect(emailAddress(text)).toBe(address);
  });

  it.each(['', 'ada', '@example.com', 'ada@', 'a b@example.com', 'a@b@c', 'a\0@b', 'a\ud800@b', 'a@\u202eb'])(
    'takes %j for none',
    (text) => {
      expect(emailAddress(text)).toBeUndefined();
    },
  );

  it('takes no text without end', () => {
    expect(emailAddress(`${'a'.repeat(250)}@b.c`)).toBeDefined();
    expect(emailAddress(`${'a'.repeat(251)}@b.c`)).toBeUndefined();
  });
});
