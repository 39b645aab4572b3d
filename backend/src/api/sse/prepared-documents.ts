import {
  Kind,
  parse,
  validate,
  visit,
  GraphQLError,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
} from 'graphql';
import { CompiledSelection } from './compiled-selection.js';
import { LruMap } from './lru-map.js';

/** What is kept at most; a document's tree takes about a hundred bytes for each of its characters. */
const MAX_DOCUMENTS = 64;
const MAX_LENGTH = 4_000;
const MAX_SELECTIONS = 16;

/** A document that the schema allows, and what was compiled of it. */
export class PreparedDocument {
  readonly #selections = new LruMap<CompiledSelection>(MAX_SELECTIONS);
  readonly #switches: readonly string[];

  constructor(readonly document: DocumentNode) {
    this.#switches = variablesOfDirectives(document);
  }

  /** The selection of an operation; those who ask with the same values for its directives share it. */
  selection(args: ExecutionArgs): CompiledSelection {
    const variables = args.variableValues ?? {};
    const values = this.#switches.map((name) => (Object.hasOwn(variables, name) ? [variables[name]] : []));
    const key = JSON.stringify([args.operationName, ...values]);
    const known = this.#selections.get(key);
    if (known) return known;
    const selection = new CompiledSelection(args);
    this.#selections.set(key, selection);
    return selection;
  }
}

/** Documents by their text, so that each is parsed, validated and compiled once for all who send it. */
export class PreparedDocuments {
  readonly #documents = new LruMap<PreparedDocument>(MAX_DOCUMENTS);

  constructor(private readonly schema: GraphQLSchema) {}

  /** Undefined where the text is no document that the schema allows. */
  get(text: string): PreparedDocument | undefined {
    const known = this.#documents.get(text);
    if (known) return known;
    const document = parsed(text);
    if (!document || validate(this.schema, document).length > 0) return undefined;
    const prepared = new PreparedDocument(document);
    if (text.length <= MAX_LENGTH) this.#documents.set(text, prepared);
    return prepared;
  }
}

function parsed(text: string): DocumentNode | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}

/** The variables that decide what is selected. */
function variablesOfDirectives(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ arguments: given = [] }) => {
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
