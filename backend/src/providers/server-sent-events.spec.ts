import { describe, expect, it } from '@jest/globals';
import { EventStreamDecoder, type ServerSentEvent } from './server-sent-events.js';

const encoder = new TextEncoder();

/** What comes of a stream that arrives in pieces of so many bytes. */
function decode(stream: string, pieceSize = Infinity): ServerSentEvent[] {
  const decoder = new EventStreamDecoder();
  const bytes = encoder.encode(stream);
  const events: ServerSentEvent[] = [];
  for (let from = 0; from < bytes.length; from += pieceSize) {
    events.push(...decoder.take(bytes.subarray(from, from + pieceSize)));
  }
  return [...events, ...decoder.end()];
}

describe(EventStreamDecoder.name, () => {
  describe('take', () => {
    it('gives all events of one read at once', () => {
      const decoder = new EventStreamDecoder();
      expect(decoder.take(encoder.encode('data: 1\n\ndata: 2\n\ndata: 3\n'))).toEqual([
        { event: '', data: '1' },
        { event: '', data: '2' },
      ]);
      expect(decoder.take(encoder.encode('\n'))).toEqual([{ event: '', data: '3' }]);
    });

    it.each([1, 2, 3, 5, Infinity])('gives the same in pieces of %d bytes', (pieceSize) => {
      const stream =
        '\uFEFFevent: delta\r\ndata: grüße\r\n\r\n: nothing\rdata:a\rdata: b\r\rid: 1\ndata:  👋\n\n';
      expect(decode(stream, pieceSize)).toEqual([
        { event: 'delta', data: 'grüße' },
        { event: '', data: 'a\nb' },
        { event: '', data: ' 👋' },
      ]);
    });

    it('takes a name for one event only, and no event for one without data', () => {
      expect(decode('event: ping\n\ndata: 1\n\nevent: x\ndata\n\n')).toEqual([
        { event: '', data: '1' },
        { event: 'x', data: '' },
      ]);
    });
  });

  describe('end', () => {
    it.each(['data: last', 'data: last\n', 'data: last\r', 'data: last\r\n'])(
      'gives the last event of a stream that ends without an empty line: %j',
      (stream) => {
        expect(decode(stream)).toEqual([{ event: '', data: 'last' }]);
      },
    );

    it('gives nothing where nothing is left', () => {
      expect(decode('data: 1\n\n')).toHaveLength(1);
    });
  });
});
