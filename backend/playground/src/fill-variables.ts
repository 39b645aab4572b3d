import type { OperationDefinitionNode } from 'graphql';

/** Where a variable's value comes from when the reader gives none, and what to say when it cannot. */
export interface VariableSource {
  find(): string | undefined | Promise<string | undefined>;
  readonly missing: string;
}

type Variables = Readonly<Record<string, unknown>>;

/** What this page adds to the variables of `operation`: those that it declares, needs, and was not given. */
export async function missingVariables(
  operation: OperationDefinitionNode | undefined,
  given: Variables,
  sources: Readonly<Record<string, VariableSource>>,
): Promise<Record<string, string>> {
  const filled: Record<string, string> = {};
  for (const { variable, defaultValue } of operation?.variableDefinitions ?? []) {
    const name = variable.name.value;
    const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
    if (!source || defaultValue || isGiven(given[name])) continue;
    const value = await source.find();
    if (value === undefined) throw new Error(`$${name} is missing. ${source.missing}`);
    filled[name] = value;
  }
  return filled;
}

/** `""` counts as left out: no id is empty. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
