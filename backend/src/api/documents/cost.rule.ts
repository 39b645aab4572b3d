import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  valueFromAST,
  type ASTVisitor,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { MAX_PAGE_SIZE } from '../../paging/page.js';
import { LIST_SIZE, MAX_COST } from './document-limits.js';

/** Guessed for a list that has no pages and says nothing of itself: models, plans, versions of a message. */
const USUAL_LIST_SIZE = 25;
/** The arguments that name the size of a page. */
const PAGE_SIZES = ['first', 'last'];
/** GraphQL bounds introspection by itself (MaxIntrospectionDepthRule), so it counts as a whole: four times at most. */
const INTROSPECTION_COST = MAX_COST / 4;

/**
 * Refuses an operation whose answer may have too many values. Every field counts one, times the sizes of the lists that
 * it is in; fragments count wherever they are spread. Where a page size is a variable, the largest page counts, because
 * a document is checked once for all values.
 */
export function costRule(context: ValidationContext): ASTVisitor {
  const costs = new Costs(context);
  return {
    OperationDefinition({ operation, selectionSet }) {
      const cost = costs.of(selectionSet, context.getSchema().getRootType(operation) ?? undefined);
      if (cost <= MAX_COST) return;
      context.reportError(
        new GraphQLError(`The answer may have ${cost} values; ${MAX_COST} may be asked for at once.`),
      );
    },
  };
}

/** What selections of one document cost. Types and fields that do not exist are other rules' concern. */
class Costs {
  readonly #fragments = new Map<string, number>();

  constructor(private readonly context: ValidationContext) {}

  /** @param pageSize of the connection that has these fields, if it is one. */
  of({ selections }: SelectionSetNode, type?: GraphQLNamedType, pageSize?: number): number {
    return selections.reduce((sum, selection) => sum + this.#ofSelection(selection, type, pageSize), 0);
  }

  #ofSelection(selection: SelectionNode, type?: GraphQLNamedType, pageSize?: number): number {
    switch (selection.kind) {
      case Kind.FIELD:
        return this.#ofField(selection, type, pageSize);
      case Kind.INLINE_FRAGMENT: {
        const { selectionSet, typeCondition } = selection;
        return this.of(
          selectionSet,
          typeCondition ? this.#typeNamed(typeCondition.name.value) : type,
          pageSize,
        );
      }
      case Kind.FRAGMENT_SPREAD:
        return this.#ofFragment(selection.name.value, pageSize);
    }
  }

  #ofField(node: FieldNode, parent?: GraphQLNamedType, pageSize?: number): number {
    if (node.name.value === '__schema' || node.name.value === '__type') return INTROSPECTION_COST;
    const field = fieldOf(parent, node.name.value);
    if (!field) return 1;
    const below = node.selectionSet
      ? this.of(node.selectionSet, getNamedType(field.type), pageSizeOf(node, field))
      : 0;
    const size = isListType(getNullableType(field.type)) ? (pageSize ?? listSizeOf(field)) : 1;
    return size * (1 + below);
  }

  #ofFragment(name: string, pageSize?: number): number {
    const key = `${name} ${pageSize ?? ''}`;
    const known = this.#fragments.get(key);
    if (known !== undefined) return known;
    // Another rule refuses a fragment that contains itself; here it must only come to an end.
    this.#fragments.set(key, 0);
    const fragment = this.context.getFragment(name);
    const cost = fragment
      ? this.of(fragment.selectionSet, this.#typeNamed(fragment.typeCondition.name.value), pageSize)
      : 0;
    this.#fragments.set(key, cost);
    return cost;
  }

  #typeNamed(name: string): GraphQLNamedType | undefined {
    return this.context.getSchema().getType(name);
  }
}

function listSizeOf({ extensions }: GraphQLField<unknown, unknown>): number {
  const size = extensions[LIST_SIZE];
  return typeof size === 'number' ? size : USUAL_LIST_SIZE;
}

function fieldOf(
  type: GraphQLNamedType | undefined,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

/** Undefined where the field has no pages. */
function pageSizeOf(node: FieldNode, { args }: GraphQLField<unknown, unknown>): number | undefined {
  const argument = args.find(({ name }) => PAGE_SIZES.includes(name));
  if (!argument) return undefined;
  const size = givenOrDefault(node, argument);
  // A larger page is refused before it is looked up, and so is one of no size.
  return typeof size === 'number' && size > 0 && size < MAX_PAGE_SIZE ? size : MAX_PAGE_SIZE;
}

function givenOrDefault(node: FieldNode, { name, type, defaultValue }: GraphQLArgument): unknown {
  const given = node.arguments?.find((argument) => argument.name.value === name);
  return given ? valueFromAST(given.value, type) : defaultValue;
}
