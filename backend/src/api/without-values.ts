/** Reasons that repeat nothing but names of the schema and of fields. */
const PLAIN_REASONS = [
  /Field "\w+" of required type "[\w![\]]+" was not provided\.$/,
  /Field "\w+" is not defined by type "\w+"\.$/,
  /Expected (?:non-nullable )?type "[\w![\]]+"(?: to be an object| not to be null)?\.$/,
];
/** Names of the schema that may have been meant. */
const SUGGESTION = / Did you mean [\w ,"]+\?$/;

/** Values may be megabytes; what is said about them stands before or after them, in a line. */
const LINE = 1_000;

/**
 * A message of graphql-js about a request, without the values that it repeats: a password or a prompt may be among
 * them, and errors end up in logs of clients and of what stands in between. Names stay.
 */
export function withoutValues(message: string): string {
  const suggestion = SUGGESTION.exec(message.slice(-LINE))?.[0] ?? '';
  return plain(message.slice(0, message.length - suggestion.length)) + suggestion;
}

function plain(message: string): string {
  const [, variable] = /^Variable "(\$\w+)" got invalid value /.exec(message) ?? [];
  if (variable !== undefined) return ofVariable(variable, message.slice(-LINE));
  const [, type] = /^Value "[^]* does not exist in "(\w+)" enum\.$/.exec(message) ?? [];
  if (type !== undefined) return `This value does not exist in "${type}" enum.`;
  return message
    .slice(0, LINE)
    .replace(/( cannot represent [\w -]*value): [^]*$/, '$1.')
    .replace(/^(Expected value of type "[\w![\]]+"), found [^]*$/, '$1.')
    .replace(/^(Argument "\w+") has invalid value [^]*$/, '$1 has an invalid value.')
    .replace(/(found (?:String|BlockString|Int|Float)) "[^]*$/, '$1.');
}

function ofVariable(variable: string, end: string): string {
  // The last place that is named: what stands before it is the value.
  const [, place] = /^[^]* at "(\w+(?:\.\w+|\[\d+\])+)"; /.exec(end) ?? [];
  const reason = PLAIN_REASONS.map((plain) => plain.exec(end)?.[0]).find((found) => found !== undefined);
  return `Variable "${variable}" got an invalid value${place ? ` at "${place}"` : ''}.${reason ? ` ${reason}` : ''}`;
}
