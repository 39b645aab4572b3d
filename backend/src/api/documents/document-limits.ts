/**
 * What one document may be. The largest one of the page has 120 tokens, 5 levels and may cost 5000, and the introspection
 * query of GraphiQL has 190 tokens and 15 levels: whoever wants more than this wants harm, or a second request.
 */

/** UTF-16 code units. Texts are sent as variables: what finds the line of an error looks at the whole document. */
export const MAX_LENGTH = 100_000;
/** Bounds what parsing and GraphQL's own rules cost, some of which take the square of it. */
export const MAX_TOKENS = 1_000;
export const MAX_DEPTH = 18;
export const MAX_ALIASES = 30;
export const MAX_DIRECTIVES = 50;
/** Values that the answer may have, as `costRule` counts them. */
export const MAX_COST = 10_000;

/** The extension of a field that says how long its list is expected to be, where it has no pages. */
export const LIST_SIZE = 'listSize';

/** Errors that are told; looking for more is given up. */
export const MAX_ERRORS = 5;
