import { Kind, type OperationDefinitionNode, parse } from 'graphql';

/**
 * The operation that is to run: the named one, or the document's only one. GraphiQL tells the name a moment after the
 * document, so right after a change of tabs it is still the one of the tab before. `undefined`: the document cannot be
 * read or does not say which; the server says what is wrong with it.
 */
export function operationOf(
  query: string,
  name: string | null | undefined,
): OperationDefinitionNode | undefined {
  const operations = operationsIn(query);
  return (
    operations.find((operation) => name && operation.name?.value === name) ??
    (operations.length === 1 ? operations[0] : undefined)
  );
}

function operationsIn(query: string): OperationDefinitionNode[] {
  try {
    return parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  } catch {
    // No GraphQL yet: whoever types it sees the server's answer.
    return [];
  }
}
