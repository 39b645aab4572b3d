import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import { Injectable } from '@nestjs/common';
import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { AppConfig } from '../../config/app-config.js';
import { costRule } from './cost.rule.js';
import { MAX_ALIASES, MAX_DEPTH, MAX_DIRECTIVES, MAX_ERRORS, MAX_TOKENS } from './document-limits.js';

const LIMITS = [
  maxDepthRule({
    n: MAX_DEPTH,
    ignoreIntrospection: false,
    flattenFragments: true,
    ...reporting('levels', MAX_DEPTH),
  }),
  maxAliasesRule({ n: MAX_ALIASES, allowList: [], ...reporting('aliases', MAX_ALIASES) }),
  maxDirectivesRule({ n: MAX_DIRECTIVES, ...reporting('directives', MAX_DIRECTIVES) }),
  costRule,
] as ValidationRule[];

/** The rules would throw, which servers take for a fault of their own. */
function reporting(what: string, limit: number) {
  return {
    propagateOnRejection: false,
    onReject: [
      (context: ValidationContext | null) =>
        context?.reportError(new GraphQLError(`An operation may have ${limit} ${what} at most.`)),
    ],
  };
}

/** What a document has to keep to before any of it is executed: the same over either transport. */
@Injectable()
export class DocumentRules {
  readonly parsing = { maxTokens: MAX_TOKENS };
  /** Beyond GraphQL's own. */
  readonly rules: readonly ValidationRule[];
  readonly validation: { readonly maxErrors: number; readonly hideSuggestions: boolean };
  readonly execution: {
    readonly hideSuggestions: boolean;
    readonly options: { readonly maxCoercionErrors: number };
  };

  constructor({ introspection }: AppConfig) {
    // Suggestions would tell the schema name by name.
    const hideSuggestions = !introspection;
    this.rules = introspection ? LIMITS : [...LIMITS, NoSchemaIntrospectionCustomRule];
    this.validation = { maxErrors: MAX_ERRORS, hideSuggestions };
    this.execution = { hideSuggestions, options: { maxCoercionErrors: MAX_ERRORS } };
  }

  /** The document, or what is wrong with its text. */
  check(schema: GraphQLSchema, text: string): DocumentNode | readonly GraphQLError[] {
    const document = this.#parse(text);
    if (document instanceof GraphQLError) return [document];
    const errors = validate(schema, document, [...specifiedRules, ...this.rules], this.validation);
    return errors.length > 0 ? errors : document;
  }

  #parse(text: string): DocumentNode | GraphQLError {
    try {
      return parse(text, this.parsing);
    } catch (error) {
      if (error instanceof GraphQLError) return error;
      throw error;
    }
  }
}
