import { describe, expect, it } from '@jest/globals';
import { buildSchema, GraphQLError } from 'graphql';
import type { AppConfig } from '../../config/app-config.js';
import { DocumentRules } from '../documents/document-rules.js';
import { LruMap } from './lru-map.js';
import { PreparedDocument, PreparedDocuments } from './prepared-documents.js';

const schema = buildSchema(`
  type Query { a: Int }
  type Subscription { event(of: ID): Event }
  type Event { sequence: Int!, content: String }
`);
const TEXT = `subscription ($of: ID, $short: Boolean = false) {
  event(of: $of) { sequence content @skip(if: $short) }
}`;

function preparedDocuments(): PreparedDocuments {
  return new PreparedDocuments(schema, new DocumentRules({ introspection: true } as AppConfig));
}

describe(PreparedDocuments.name, () => {
  describe('get', () => {
    it('prepares a text once', () => {
      const documents = preparedDocuments();
      expect(documents.get(TEXT)).toBeInstanceOf(PreparedDocument);
      expect(documents.get(TEXT)).toBe(documents.get(TEXT));
    });

    it.each([
      ['no document', 'subscription { event {'],
      ['not in the schema', 'subscription { event { colour } }'],
      ['empty', ''],
      ['too much', `subscription { event { ${'a: content '.repeat(31)} } }`],
    ])('says what is wrong with a text that is %s, every time', (_what, text) => {
      const documents = preparedDocuments();
      for (let time = 0; time < 2; time++) expect(documents.get(text)).toEqual([expect.any(GraphQLError)]);
    });

    it('prepares texts of any length, and keeps the short ones', () => {
      const documents = preparedDocuments();
      const long = TEXT + '#'.repeat(4_000);
      expect(documents.get(long)).toBeInstanceOf(PreparedDocument);
      expect(documents.get(long)).not.toBe(documents.get(long));
    });
  });

  describe('selection', () => {
    it('is shared by those whose variables select the same', () => {
      const prepared = preparedDocuments().get(TEXT);
      if (!(prepared instanceof PreparedDocument)) throw new Error('not prepared');
      const selection = (variableValues: Record<string, unknown>) =>
        prepared.selection({ schema, document: prepared.document, variableValues });
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
