import { describe, expect, it } from '@jest/globals';
import { operationOf } from './operation.js';

describe(operationOf.name, () => {
  it('finds the named operation among several', () => {
    expect(operationOf('query A { a } subscription B { b }', 'B')?.operation).toBe('subscription');
  });

  it('takes the only one when the name is still that of another document', () => {
    expect(operationOf('query A { a }', 'FromAnotherTab')?.name?.value).toBe('A');
    expect(operationOf('{ a }', undefined)?.operation).toBe('query');
  });

  it('leaves to the server what is unclear', () => {
    expect(operationOf('query A { a } query B { b }', 'C')).toBeUndefined();
    expect(operationOf('query A {', 'A')).toBeUndefined();
  });
});
