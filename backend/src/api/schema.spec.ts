import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, findBreakingChanges } from 'graphql';

const ROOT = join(import.meta.dirname, '../../..');
const read = (file: string) => buildSchema(readFileSync(join(ROOT, file), 'utf8'));

/** What belongs to accounts beyond guests, and is still to come. */
const STILL_TO_COME = [
  'ApiToken was removed.',
  'CreateApiTokenInput was removed.',
  'CreateApiTokenPayload was removed.',
  'Mutation.createApiToken was removed.',
  'Mutation.revokeApiToken was removed.',
  'Mutation.signIn was removed.',
  'Mutation.signUp was removed.',
  'SignInInput was removed.',
  'SignUpInput was removed.',
  'User.apiTokens was removed.',
];

describe('schema.graphql', () => {
  it('keeps every promise of the public contract', () => {
    const changes = findBreakingChanges(read('backend/test/public-contract.graphql'), read('schema.graphql'));
    expect(changes.map(({ description }) => description).sort()).toEqual(STILL_TO_COME);
  });
});
