import { describe, expect, it } from '@jest/globals';
import { checkedImport, MAX_IMPORTED_MESSAGES, type ImportRequest } from './imported-chat.js';

const NOW = new Date('2026-11-25T12:00:00.000Z');
const EARLIER = new Date('2026-01-01T00:00:00.000Z');

function request(about: Partial<ImportRequest> = {}): ImportRequest {
  return {
    sourceId: 'x',
    title: ' Tides ',
    messages: [
      { role: 'USER', content: 'Why?', createdAt: EARLIER },
      { role: 'ASSISTANT', content: 'The Moon.', parent: 0, model: 'some/model' },
    ],
    ...about,
  };
}

describe(checkedImport.name, () => {
  it('keeps what was said, by whom, and after what', () => {
    expect(checkedImport(request(), NOW)).toMatchObject({
      title: 'Tides',
      createdAt: EARLIER,
      activeMessage: 1,
      messages: [
        { parent: null, role: 'USER', content: 'Why?', modelId: null },
        { parent: 0, role: 'ASSISTANT', content: 'The Moon.', modelId: 'some/model' },
      ],
    });
  });

  it('has answers after what they answer, and nothing in the future', () => {
    const messages = [
      { role: 'USER' as const, content: 'a', createdAt: new Date('2026-02-01') },
      { role: 'ASSISTANT' as const, content: 'b', parent: 0, createdAt: EARLIER },
      { role: 'USER' as const, content: 'c', parent: 1, createdAt: new Date('2999-01-01') },
    ];
    const chat = checkedImport(request({ messages, updatedAt: new Date('2999-01-01') }), NOW);
    const times = chat.messages.map(({ createdAt }) => createdAt.toISOString());
    expect(times).toEqual(['2026-02-01T00:00:00.000Z', '2026-02-01T00:00:00.001Z', NOW.toISOString()]);
    expect(chat.updatedAt).toEqual(NOW);
  });

  it('has versions in the order in which they came', () => {
    const messages = [
      { role: 'USER' as const, content: 'a' },
      { role: 'ASSISTANT' as const, content: 'b', parent: 0 },
      { role: 'ASSISTANT' as const, content: 'c', parent: 0 },
    ];
    const times = checkedImport(request({ messages, createdAt: EARLIER }), NOW).messages.map(
      ({ createdAt }) => createdAt.getTime(),
    );
    expect(times).toEqual([0, 1, 2].map((later) => EARLIER.getTime() + later));
  });

  it('takes no message that comes after itself or a later one, so that there is no circle', () => {
    for (const parent of [0, 1, 7, -1]) {
      const messages = [{ role: 'USER' as const, content: 'a', parent }];
      expect(() => checkedImport(request({ messages }), NOW)).toThrow(
        `Message 0 comes after message ${parent}, which is not before it.`,
      );
    }
  });

  it('bounds how much there is', () => {
    const message = { role: 'USER' as const, content: '' };
    const messages = Array.from({ length: MAX_IMPORTED_MESSAGES + 1 }, () => message);
    expect(() => checkedImport(request({ messages }), NOW)).toThrow('5001 messages');
    expect(() => checkedImport(request({ messages: [] }), NOW)).toThrow('no messages');
    expect(() => checkedImport(request({ sourceId: 'x'.repeat(201) }), NOW)).toThrow('sourceId');
    expect(() => checkedImport(request({ activeMessage: 2 }), NOW)).toThrow('activeMessage');
    expect(() => checkedImport(request({ temperature: 2.1 }), NOW)).toThrow('temperature');
    expect(() => checkedImport(request({ systemPrompt: 'x'.repeat(10_001) }), NOW)).toThrow('system prompt');
  });

  it('keeps nothing that cannot be stored', () => {
    const messages = [{ role: 'USER' as const, content: 'a\0b\ud800' }];
    expect(checkedImport(request({ title: '\0', messages }), NOW)).toMatchObject({
      title: 'Imported chat',
      messages: [{ content: 'ab\ufffd' }],
    });
  });
});
