/** `*` stands for anything, slashes included. */
function expressionOf(pattern: string): RegExp {
  const literals = pattern.split('*').map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`));
  return new RegExp(`^${literals.join('.*')}$`);
}

/**
 * Whether a model's id is among `patterns`: matched by one of them, and by none that begins with `!`. Where all of them
 * begin so, they are left out of everything.
 */
export function matcherOf(patterns: readonly string[]): (modelId: string) => boolean {
  const isExclusion = (pattern: string): boolean => pattern.startsWith('!');
  const excluded = patterns.filter(isExclusion).map((pattern) => expressionOf(pattern.slice(1)));
  const included = patterns.filter((pattern) => !isExclusion(pattern)).map(expressionOf);
  return (modelId) =>
    (included.length === 0 || included.some((expression) => expression.test(modelId))) &&
    !excluded.some((expression) => expression.test(modelId));
}
