import { describe, expect, it } from '@jest/globals';
import { missingVariables, type VariableSource } from './fill-variables.js';
import { operationOf } from './operation.js';

const known = (value: string | undefined): VariableSource => ({ find: () => value, missing: 'Start one.' });
const declaring = (variables: string) => operationOf(`query Q(${variables}) { viewer { id } }`, 'Q');

describe(missingVariables.name, () => {
  it('fills in what the document declares and the reader left out or left empty', async () => {
    const sources = { sessionId: known('s1'), chatId: known('c1'), modelId: known('m1') };
    const filled = await missingVariables(
      declaring('$sessionId: ID!, $chatId: ID!'),
      { chatId: '' },
      sources,
    );
    expect(filled).toEqual({ sessionId: 's1', chatId: 'c1' });
  });

  it('leaves alone what the reader gave, what has a default, and what it does not know', async () => {
    const operation = declaring('$sessionId: ID!, $chatId: ID! = "c9", $prompt: String!, $constructor: ID!');
    const sources = { sessionId: known('s1'), chatId: known('c1') };
    expect(await missingVariables(operation, { sessionId: 's9' }, sources)).toEqual({});
  });

  it('says what to do when it has nothing to fill in', async () => {
    await expect(
      missingVariables(declaring('$sessionId: ID!'), {}, { sessionId: known(undefined) }),
    ).rejects.toThrow('$sessionId is missing. Start one.');
  });
});
