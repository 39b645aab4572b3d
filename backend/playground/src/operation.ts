import { type DocumentNode, Kind, type OperationDefinitionNode } from 'graphql';

/** The operation that is to run: the named one, or the only one. */
export function operationOf(
  document: DocumentNode | undefined,
  name: string | null | undefined,
): OperationDefinitionNode | undefined {
  return document?.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .find((operation) => !name || operation.name?.value === name);
}
