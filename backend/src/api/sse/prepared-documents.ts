import {
  Kind,
  visit,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import type { DocumentRules } from '../documents/document-rules.js';
import { CompiledSelection } from './compiled-selection.js';
import { LruMap } from './lru-map.js';

/** What is kept at most; a document's tree takes about a hundred bytes for each of its characters. */
const MAX_DOCUMENTS = 64;
const MAX_LENGTH = 4_000;
const MAX_SELECTIONS = 16;

/** A document that keeps to the rules, and what was compiled of it. */
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

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly rules: DocumentRules,
  ) {}

  /** The document, or what is wrong with its text. */
  get(text: string): PreparedDocument | readonly GraphQLError[] {
    const known = this.#documents.get(text);
    if (known) return known;
    const document = this.rules.check(this.schema, text);
    if (!('kind' in document)) return document;
    const prepared = new PreparedDocument(document);
    if (text.length <= MAX_LENGTH) this.#documents.set(text, prepared);
    return prepared;
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
