import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { costRule } from './cost.rule.js';
import { LIST_SIZE, MAX_COST } from './document-limits.js';

const schema = buildSchema(`
  type Query { user: User, users(first: Int! = 30): Users!, groups: [Group!]! }
  type Users { edges: [Edge!]!, total: Int }
  type Edge { node: User! }
  type User { id: ID!, name: String, groups: [Group!]! }
  type Group { id: ID!, users: [User!]! }
`);

/** What the rule says of a document; undefined where it lets it pass. */
function costOf(text: string, of = schema): number | undefined {
  const [error] = validate(of, parse(text), [costRule]);
  return error && Number(/may have (\S+) values/.exec(error.message)?.[1]);
}

/** So many users, each with one more field than the one that makes them. */
const times = (selection: string, count: number) =>
  Array.from({ length: count }, (_, i) => `a${i}: ${selection}`).join(' ');

describe(costRule.name, () => {
  it('lets pass what is asked for as a page', () => {
    expect(
      costOf('{ users(first: 100) { edges { node { id name groups { id } } } total } }'),
    ).toBeUndefined();
  });

  it.each([
    // users, and of 100 edges each: edges, node, id; total is not in the list.
    ['a literal', 'query { PAGES }', 'users(first: 100) { edges { node { id } } total }', 302],
    ['a variable', 'query ($n: Int!) { PAGES }', 'users(first: $n) { edges { node { id } } total }', 302],
    ['the default', 'query { PAGES }', 'users { edges { node { id } } total }', 92],
  ])('counts the fields below a page as often as it is long: %s', (_what, operation, page, cost) => {
    const count = Math.floor(MAX_COST / cost) + 1;
    expect(costOf(operation.replace('PAGES', times(page, count)))).toBe(cost * count);
    expect(costOf(operation.replace('PAGES', times(page, count - 1)))).toBeUndefined();
  });

  it('multiplies lists in lists, through fragments too', () => {
    const cost = 25 + 25 * 25 + 25 * 25 * 25 * 2 + 25 ** 4;
    expect(costOf('{ groups { users { groups { id users { id } } } } }')).toBe(cost + 25 ** 4);
    expect(
      costOf(`{ ...A } fragment A on Query { groups { ...B } } fragment B on Group { users { groups { ...C } } }
        fragment C on Group { id users { id } }`),
    ).toBe(cost + 25 ** 4);
  });

  it('takes a list to be as long as its field says', () => {
    const own = buildSchema('type Query { groups: [Group!]! } type Group { id: ID! }');
    const { groups } = own.getQueryType()?.getFields() ?? {};
    if (groups) groups.extensions = { [LIST_SIZE]: 2 };
    const count = MAX_COST / 4 + 1;
    expect(costOf(`{ ${times('groups { id }', count)} }`, own)).toBe(4 * count);
    expect(costOf(`{ ${times('groups { id }', count - 1)} }`, own)).toBeUndefined();
  });

  it('counts a fragment wherever it is spread', () => {
    const doubling = Array.from(
      { length: 20 },
      (_, i) => `fragment F${i} on User { ...F${i + 1} ...F${i + 1} }`,
    );
    expect(costOf(`{ user { ...F0 } } ${doubling.join(' ')} fragment F20 on User { id }`)).toBe(1 + 2 ** 20);
  });

  it('comes to an end with what is no document', () => {
    expect(costOf('{ user { ...F } } fragment F on User { ...F id colour { depth } }')).toBeUndefined();
    expect(costOf('subscription { nothing { at } } fragment F on Nobody { id }')).toBeUndefined();
  });

  it('lets introspection pass four times', () => {
    expect(costOf(`{ ${times('__schema { description }', 4)} }`)).toBeUndefined();
    expect(costOf(`{ ${times('__type(name: "User") { name }', 5)} }`)).toBe((5 * MAX_COST) / 4);
  });
});
