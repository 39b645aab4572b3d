import { describe, expect, it } from '@jest/globals';
import { buildSchema, graphql, type ExecutionResult } from 'graphql';
import { withoutValues } from './without-values.js';

const schema = buildSchema(`
  enum Policy { USE BYPASS }
  input Inner { text: String!  count: Int  ids: [ID!] }
  input Input { password: String!  policy: Policy  inner: Inner }
  type Query { ask(input: Input, text: String, count: Int, on: Boolean, ratio: Float, policy: Policy): String }
`);
const SECRET = 'a secret: "; Field: "b"';
const literal = JSON.stringify(SECRET);

const messageOf = ({ errors = [] }: ExecutionResult) => errors.map(({ message }) => message).join(' | ');
const withInput = async (input: unknown) =>
  messageOf(
    await graphql({
      schema,
      source: 'query ($input: Input) { ask(input: $input) }',
      variableValues: { input },
    }),
  );
const withText = async (source: string) => messageOf(await graphql({ schema, source }));

describe(withoutValues.name, () => {
  it.each([
    ['no object', SECRET, '$input" got an invalid value. Expected type "Input" to be an object.'],
    ['another type', { password: [SECRET] }, '$input" got an invalid value at "input.password".'],
    [
      'a number that is none',
      { password: '', inner: { text: '', count: SECRET } },
      'at "input.inner.count".',
    ],
    [
      'something in a list',
      { password: '', inner: { text: '', ids: ['1', [SECRET]] } },
      'at "input.inner.ids[1]".',
    ],
    ['no value of an enum', { password: '', policy: SECRET }, 'at "input.policy".'],
    [
      'a field too few',
      { inner: { text: SECRET } },
      'got an invalid value. Field "password" of required type "String!" was not provided.',
    ],
    [
      'a field too many',
      { password: SECRET, other: SECRET },
      'got an invalid value. Field "other" is not defined by type "Input".',
    ],
    [
      'nothing',
      { password: null, inner: { text: SECRET } },
      'Expected non-nullable type "String!" not to be null.',
    ],
  ])('says where a variable has %s, and not what it is', async (_what, input, told) => {
    const message = await withInput(input);
    expect(withoutValues(message)).toContain(told);
    expect(withoutValues(message)).not.toContain('secret');
  });

  it.each([
    [`{ ask(text: [${literal}]) }`, 'String cannot represent a non string value.'],
    [`{ ask(count: ${literal}) }`, 'Int cannot represent non-integer value.'],
    [`{ ask(on: ${literal}) }`, 'Boolean cannot represent a non boolean value.'],
    [`{ ask(ratio: ${literal}) }`, 'Float cannot represent non numeric value.'],
    [`{ ask(policy: ${literal}) }`, 'Enum "Policy" cannot represent non-enum value.'],
    [`{ ask(policy: a_secret${'_'.repeat(5_000)}) }`, 'This value does not exist in "Policy" enum.'],
    ['{ ask(policy: a_secret) }', 'This value does not exist in "Policy" enum.'],
    [`{ ask(input: ${literal}) }`, 'Expected value of type "Input".'],
    [`{ ask(${literal}) }`, 'Syntax Error: Expected Name, found String.'],
  ])('says what is wrong with a literal, and not what it is: %s', async (source, told) => {
    const message = await withText(source);
    expect(message).toContain('secret');
    expect(withoutValues(message)).toBe(told);
  });

  it('takes no longer for values that are long and look like messages', async () => {
    const value = ' cannot represent value at "a.b"; Field "x'.repeat(100_000);
    expect(withoutValues(await withInput({ password: [value] }))).toContain('got an invalid value');
    expect(withoutValues(await withText(`{ ask(text: [${JSON.stringify(value)}]) }`)).length).toBeLessThan(
      100,
    );
  });

  it('leaves what may have been meant', async () => {
    const told = ' Did you mean the enum value "BYPASS"?';
    for (const policy of ['BYPAS', 'bypass']) {
      expect(withoutValues(await withInput({ password: SECRET, policy }))).toBe(
        `Variable "$input" got an invalid value at "input.policy".${told}`,
      );
    }
    expect(withoutValues(await withText('{ ask(policy: BYPAS) }'))).toBe(
      `This value does not exist in "Policy" enum.${told}`,
    );
  });

  it('leaves what names fields, types and variables as it is', async () => {
    for (const source of ['{ nothing }', 'query ($a: String) { ask }', '{ ask(other: 1) }', '{ ask( }']) {
      const message = await withText(source);
      expect(withoutValues(message)).toBe(message);
    }
  });
});
