import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { LruMap } from './lru-map.js';
import { PreparedDocuments } from './prepared-documents.js';

const schema = buildSchema(`
  type Query { a: Int }
  type Subscription { event(of: ID): Event }
  type Event { sequence: Int!, content: String }
`);
const TEXT = `subscription ($of: ID, $short: Boolean = false) {
  event(of: $of) { sequence content @skip(if: $short) }
}`;

describe(PreparedDocuments.name, () => {
  describe('get', () => {
    it('prepares a text once', () => {
      const documents = new PreparedDocuments(schema);
      expect(documents.get(TEXT)).toBeDefined();
      expect(documents.get(TEXT)).toBe(documents.get(TEXT));
    });

    it.each(['subscription { event {', 'subscription { event { colour } }', ''])(
      'has nothing for what the schema does not allow: %s',
      (text) => {
        expect(new PreparedDocuments(schema).get(text)).toBeUndefined();
      },
    );

    it('prepares texts of any length, and keeps the short ones', () => {
      const documents = new PreparedDocuments(schema);
      const long = TEXT + '#'.repeat(4_000);
      expect(documents.get(long)).toBeDefined();
      expect(documents.get(long)).not.toBe(documents.get(long));
    });
  });

  describe('selection', () => {
    it('is shared by those whose variables select the same', () => {
      const prepared = new PreparedDocuments(schema).get(TEXT);
      const selection = (variableValues: Record<string, unknown>) =>
        prepared?.selection({ schema, document: prepared.document, variableValues });
      expect(selection({ of: '1' })).toBe(selection({ of: '2' }));
      expect(selection({ of: '1', short: true })).not.toBe(selection({ of: '1' }));
      expect(selection({ of: '1', short: true })).toBe(selection({ short: true }));
    });
  });
});

describe(LruMap.name, () => {
  it('forgets what was not asked for the longest', () => {
    const map = new LruMap<number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.get('a');
    map.set('c', 3);
    expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([1, undefined, 3, 2]);
  });
});
