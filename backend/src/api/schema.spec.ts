import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, findBreakingChanges } from 'graphql';

const ROOT = join(import.meta.dirname, '../../..');
const read = (file: string) => buildSchema(readFileSync(join(ROOT, file), 'utf8'));

describe('schema.graphql', () => {
  it('keeps every promise of the public contract', () => {
    const changes = findBreakingChanges(read('backend/test/public-contract.graphql'), read('schema.graphql'));
    expect(changes.map(({ description }) => description)).toEqual([]);
  });
});
