import {
  getNamedType,
  getNullableType,
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

export type OperationKind = 'query' | 'mutation' | 'subscription';
type Argument = GraphQLArgument | GraphQLInputField;
export type Arguments = Readonly<Record<string, unknown>>;

/** Something that a schema lets one ask for. */
export interface RootField {
  readonly kind: OperationKind;
  readonly field: GraphQLField<unknown, unknown>;
}

/** All that the schema lets one ask for. */
export function rootFields(schema: GraphQLSchema): RootField[] {
  const roots: [OperationKind, GraphQLObjectType | null | undefined][] = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ];
  return roots.flatMap(([kind, type]) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({ kind, field })),
  );
}

/** Fields below the roots that take arguments: nothing looks at those. */
export function nestedArguments(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !roots.includes(type) && !type.name.startsWith('__'),
  ) as GraphQLObjectType[];
  return types.flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ args }) => args.length > 0)
      .map(({ name }) => `${type.name}.${name}`),
  );
}

/** The arguments of pages, whose cursors are ids as well. */
const CURSORS = ['after', 'before'];

/** Where an operation takes an id: as an argument of its own, or in an input object, however deep. */
export function idPaths({ field }: RootField): string[][] {
  return field.args.flatMap((arg) => pathsBelow(arg, [], isId));
}

function isId({ name, type }: Argument): boolean {
  const named = getNamedType(type);
  return named === GraphQLID || (named === GraphQLString && CURSORS.includes(name));
}

function isText({ type }: Argument): boolean {
  const named = getNamedType(type);
  return named === GraphQLID || named === GraphQLString;
}

function pathsBelow(
  argument: Argument,
  above: readonly string[],
  isWanted: (one: Argument) => boolean,
): string[][] {
  const named = getNamedType(argument.type);
  const path = [...above, argument.name];
  if (isWanted(argument)) return [path];
  if (!isInputObjectType(named) || above.length > 5) return [];
  return Object.values(named.getFields()).flatMap((field) => pathsBelow(field, path, isWanted));
}

/** Where an operation takes a text, ids included. */
export function textPaths({ field }: RootField): string[][] {
  return field.args.flatMap((arg) => pathsBelow(arg, [], isText));
}

/** Something of the right kind for every required argument, however deep. */
export function anyArguments({ field }: RootField): Arguments {
  return anyOf(field.args.filter(isRequiredArgument));
}

function anyOf(fields: readonly Argument[]): Arguments {
  return Object.fromEntries(fields.map(({ name, type }) => [name, anyValue(type)]));
}

function anyValue(type: GraphQLInputType): unknown {
  const named = getNamedType(type);
  if (isInputObjectType(named)) return anyOf(Object.values(named.getFields()).filter(isRequiredInputField));
  if (isEnumType(named)) return named.getValues()[0]?.name;
  if (named === GraphQLInt) return 1;
  return named === GraphQLBoolean ? true : 'a text of some length';
}

/** The arguments with `value` where the path leads. */
export function withValue(
  args: Arguments,
  [name = '', ...below]: readonly string[],
  value: unknown,
): Arguments {
  return {
    ...args,
    [name]: below.length === 0 ? value : withValue((args[name] ?? {}) as Arguments, below, value),
  };
}

/** The required arguments that are not there. */
export function missingArguments({ field }: RootField, args: Arguments): string[] {
  return field.args.filter((arg) => isRequiredArgument(arg) && !(arg.name in args)).map(({ name }) => name);
}

/** A document that asks for the field with these arguments, and for all that it shows. */
export function documentOf(schema: GraphQLSchema, { kind, field }: RootField, args: Arguments): string {
  const given = field.args.filter(({ name }) => name in args);
  const variables = given.map(({ name, type }) => `$${name}: ${type.toString()}`).join(', ');
  const values = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const inBrackets = (text: string) => (text === '' ? '' : `(${text})`);
  return `${kind} ${inBrackets(variables)} { ${field.name}${inBrackets(values)}${selectionOf(schema, field.type, 3)} }`;
}

/** Everything that can be asked for without arguments, some levels deep, but for lists in lists. */
function selectionOf(schema: GraphQLSchema, type: GraphQLOutputType, levels: number, inList = false): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  const below = { schema, levels, inList: inList || isList(type) };
  if (!isAbstractType(named)) return ` { __typename ${fieldsOf(named, below)} }`;
  // Types of one interface may call different things by the same name.
  const fragments = schema
    .getPossibleTypes(named)
    .map((one) => `... on ${one.name} { __typename ${fieldsOf(one, below, `${one.name}_`)} }`);
  return ` { ${fragments.join(' ')} }`;
}

interface Place {
  readonly schema: GraphQLSchema;
  readonly levels: number;
  readonly inList: boolean;
}

function fieldsOf(type: GraphQLObjectType, { schema, levels, inList }: Place, prefix = ''): string {
  const fields = Object.values(type.getFields()).filter(
    ({ args, type: below }) =>
      !args.some(isRequiredArgument) &&
      (isLeafType(getNamedType(below)) || (levels > 1 && !(inList && isList(below)))),
  );
  const aliasOf = (name: string) => (prefix === '' ? '' : `${prefix}${name}: `);
  return fields
    .map(
      ({ name, type: below }) => `${aliasOf(name)}${name}${selectionOf(schema, below, levels - 1, inList)}`,
    )
    .join(' ');
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type));
}
