import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';

const HERE = import.meta.dirname;
const DOCUMENTS = join(HERE, '..', 'documents');
const schema = buildSchema(readFileSync(join(HERE, '..', '..', '..', 'schema.graphql'), 'utf8'));

/** Longer lines are cut off in the editor of a usual window. */
const COMMENT_WIDTH = 60;

describe('documents of the playground', () => {
  it.each(readdirSync(DOCUMENTS))('%s is valid against the schema', (file) => {
    const document = parse(readFileSync(join(DOCUMENTS, file), 'utf8'));
    expect(validate(schema, document)).toEqual([]);
  });

  it.each(readdirSync(DOCUMENTS))('%s begins with a comment that fits the editor', (file) => {
    const comments = readFileSync(join(DOCUMENTS, file), 'utf8').split('\n\n', 1)[0]?.split('\n') ?? [];
    expect(comments.length).toBeGreaterThan(0);
    for (const line of comments) {
      expect(line).toMatch(/^#/);
      expect(line.length).toBeLessThanOrEqual(COMMENT_WIDTH);
    }
  });
});
