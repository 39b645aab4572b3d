import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { GraphQLError, getIntrospectionQuery, type GraphQLSchema } from 'graphql';
import type { AppConfig } from '../../config/app-config.js';
import { ORPHANED_TYPES, RESOLVERS } from '../resolvers.js';
import { MAX_ALIASES, MAX_DEPTH, MAX_DIRECTIVES, MAX_ERRORS, MAX_TOKENS } from './document-limits.js';
import { DocumentRules } from './document-rules.js';

const ROOT = join(import.meta.dirname, '../../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
let schema: GraphQLSchema;
const open = new DocumentRules({ introspection: true } as AppConfig);
const closed = new DocumentRules({ introspection: false } as AppConfig);

function problems(text: string, rules = open): string[] {
  const checked = rules.check(schema, text);
  return 'kind' in checked ? [] : checked.map(({ message }) => message);
}

/** The files below a folder whose name ends so. */
function filesIn(folder: string, end: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name));
}

/** An operation of the page with the fragments that it needs, as its client sends it. */
function operationsOfThePage(): string[] {
  const text = filesIn('frontend/src/app', '.graphql').map(read).join('\n');
  const definitions = text
    .split(/^(?=(?:query|mutation|subscription|fragment) )/m)
    .filter((part) => part.trim());
  const fragments = new Map(
    definitions.flatMap((part) => {
      const name = /^fragment (\w+)/.exec(part)?.[1];
      return name ? [[name, part] as const] : [];
    }),
  );
  return definitions
    .filter((part) => !part.startsWith('fragment'))
    .map((operation) => {
      const needed = new Set<string>();
      const add = (part: string): void => {
        for (const [, name = ''] of part.matchAll(/\.\.\.(\w+)/g)) {
          if (!needed.has(name)) add((needed.add(name), fragments.get(name) ?? ''));
        }
      };
      add(operation);
      return operation + Array.from(needed, (name) => fragments.get(name)).join('');
    });
}

const nested = (levels: number) =>
  `{ chatSession(id: "x") ${'{ chat { activeSession '.repeat((levels - 2) / 2)} { id } ${'}'.repeat(levels - 2)} }`;

describe(DocumentRules.name, () => {
  // From the code: what it prints does not say how long its lists are.
  beforeAll(async () => {
    const app = await NestFactory.create(GraphQLSchemaBuilderModule, { logger: ['error'] });
    await app.init();
    schema = await app.get(GraphQLSchemaFactory).create(RESOLVERS, { orphanedTypes: ORPHANED_TYPES });
    await app.close();
  });

  describe('check', () => {
    it('has the document where there is nothing wrong', () => {
      expect(open.check(schema, '{ viewer { id } }')).toMatchObject({ kind: 'Document' });
    });

    it('lets every document of the page and of the playground pass', () => {
      const documents = [
        ...operationsOfThePage(),
        ...filesIn('backend/playground/documents', '.graphql').map(read),
      ];
      expect(documents.length).toBeGreaterThan(15);
      expect(documents.flatMap((text) => problems(text))).toEqual([]);
    });

    it('lets the longest introspection query of GraphQL pass', () => {
      const query = getIntrospectionQuery({
        ...{ descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true },
        ...{ schemaDescription: true, inputValueDeprecation: true, oneOf: true },
      });
      expect(problems(query)).toEqual([]);
    });

    it.each([
      ['depth', `have ${MAX_DEPTH} levels`, nested(MAX_DEPTH), nested(MAX_DEPTH + 2)],
      [
        'aliases',
        `have ${MAX_ALIASES} aliases`,
        `{ ${'a: __typename '.repeat(MAX_ALIASES)} }`,
        `{ ${'a: __typename '.repeat(MAX_ALIASES + 1)} }`,
      ],
      [
        'directives',
        `have ${MAX_DIRECTIVES} directives`,
        `{ ${'__typename @skip(if: false) '.repeat(MAX_DIRECTIVES)} }`,
        `{ ${'__typename @skip(if: false) '.repeat(MAX_DIRECTIVES + 1)} }`,
      ],
      [
        'tokens',
        `contains more that ${MAX_TOKENS} tokens`,
        `{ ${'id '.repeat(MAX_TOKENS - 2)} }`.replaceAll('id', '__typename'),
        `{ ${'id '.repeat(MAX_TOKENS - 1)} }`,
      ],
      [
        'cost',
        'may be asked for at once',
        '{ plans { models { id } } }',
        `{ ${Array.from({ length: 21 }, (_, i) => `a${i}: plans { models { id name } }`).join(' ')} }`,
      ],
    ])('bounds %s', (_what, sentence, allowed, refused) => {
      expect(problems(allowed).filter((message) => message.includes(sentence))).toEqual([]);
      expect(problems(refused)).toContainEqual(expect.stringContaining(sentence));
    });

    it('finds what is hidden in fragments', () => {
      const spread = (selection: string) => `{ ...F } fragment F on Query { ${selection} }`;
      expect(problems(spread(nested(MAX_DEPTH + 2).slice(1, -1)))).toContainEqual(
        expect.stringContaining('levels'),
      );
      expect(problems(spread('a: __typename '.repeat(MAX_ALIASES + 1)))).toContainEqual(
        expect.stringContaining('aliases'),
      );
    });

    it('stops looking after some errors', () => {
      expect(problems(`{ ${'nothing '.repeat(100)} }`)).toHaveLength(MAX_ERRORS + 1);
    });

    it('does not let introspection go round in circles', () => {
      const circle = '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }';
      expect(problems(circle)).toEqual(['Maximum introspection depth exceeded']);
    });

    it('says what is wrong with a text that is no document', () => {
      expect(open.check(schema, '{')).toEqual([expect.any(GraphQLError)]);
    });
  });

  describe('without introspection', () => {
    it.each(['{ __schema { types { name } } }', '{ __type(name: "User") { name } }'])(
      'refuses %s',
      (query) => {
        expect(problems(query, open)).toEqual([]);
        expect(problems(query, closed)).not.toEqual([]);
      },
    );

    it('answers __typename, which clients need', () => {
      expect(problems('{ __typename viewer { __typename } }', closed)).toEqual([]);
    });

    it.each(['{ viewr { id } }', '{ viewer { displayNam } }', '{ chats(frist: 1) { edges { cursor } } }'])(
      'suggests nothing: %s',
      (query) => {
        expect(problems(query, open).join()).toContain('Did you mean');
        expect(problems(query, closed).join()).not.toContain('Did you mean');
      },
    );
  });
});
