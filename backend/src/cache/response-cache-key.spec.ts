import { describe, expect, it } from '@jest/globals';
import { type CacheKeyParts, responseCacheKey } from './response-cache-key.js';

describe(responseCacheKey.name, () => {
  const parts: CacheKeyParts = {
    scope: 'shared',
    modelId: 'demo/one',
    system: 'be kind',
    temperature: 0.5,
    messages: [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
      { role: 'user', content: 'c' },
    ],
  };

  /** The same conversation, with these files at its end. */
  const withFiles = (
    ...attachments: { name: string; mediaType: string; sha256: string }[]
  ): CacheKeyParts => ({
    ...parts,
    messages: parts.messages.map((one, i) => (i === 2 ? { ...one, attachments } : one)),
  });
  const FILE = { name: 'a.png', mediaType: 'image/png', sha256: 'aa' };

  it('is the same for the same files, and for none', () => {
    expect(responseCacheKey(withFiles({ ...FILE }))).toBe(responseCacheKey(withFiles(FILE)));
    expect(responseCacheKey(withFiles())).toBe(responseCacheKey(parts));
  });

  it.each([
    ['none', []],
    ['another content', [{ ...FILE, sha256: 'bb' }]],
    ['another type', [{ ...FILE, mediaType: 'image/gif' }]],
    ['another name', [{ ...FILE, name: 'b.png' }]],
    ['one more', [FILE, FILE]],
  ])('differs by its files: %s', (_what, files) => {
    expect(responseCacheKey(withFiles(...files))).not.toBe(responseCacheKey(withFiles(FILE)));
  });

  it('is a hash without any of the text', () => {
    expect(responseCacheKey(parts)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is the same for the same conversation', () => {
    expect(responseCacheKey(structuredClone(parts))).toBe(responseCacheKey(parts));
  });

  it('does not depend on the order or number of the fields', () => {
    const [first, ...others] = parts.messages;
    const messages = [{ id: 'x', content: first?.content ?? '', role: first?.role ?? '' }, ...others];
    expect(
      responseCacheKey({
        ...{ messages, temperature: parts.temperature, system: parts.system },
        ...{ modelId: parts.modelId, scope: parts.scope },
      }),
    ).toBe(responseCacheKey(parts));
  });

  it.each<[string, Partial<CacheKeyParts>]>([
    ['scope', { scope: 'user' }],
    ['model', { modelId: 'demo/two' }],
    ['system prompt', { system: 'be rude' }],
    ['lack of a system prompt', { system: undefined }],
    ['temperature', { temperature: 0 }],
    ['lack of a temperature', { temperature: undefined }],
    ['text', { messages: [{ role: 'user', content: 'A' }, ...parts.messages.slice(1)] }],
    ['role', { messages: [{ role: 'system', content: 'a' }, ...parts.messages.slice(1)] }],
    ['order', { messages: [...parts.messages].reverse() }],
    ['length', { messages: parts.messages.slice(0, 1) }],
    [
      'cut between messages',
      { messages: [{ role: 'user', content: 'a"],["assistant","b' }, ...parts.messages.slice(2)] },
    ],
  ])('differs by %s', (_, change) => {
    expect(responseCacheKey({ ...parts, ...change })).not.toBe(responseCacheKey(parts));
  });

  it('tells an empty system prompt from none', () => {
    expect(responseCacheKey({ ...parts, system: '' })).not.toBe(
      responseCacheKey({ ...parts, system: undefined }),
    );
  });
});
