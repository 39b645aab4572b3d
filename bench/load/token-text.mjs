/**
 * The text of the load. Every token says which one it is and of which stream, so that whoever reads it knows whether
 * one is missing, came twice, or was mixed up with another stream's: three digits of its index, two of its stream
 * (both base 36), filling, and a last character that now and then takes two bytes, so that a cut through it shows.
 */
const INDEX_DIGITS = 3;
const STREAM_DIGITS = 2;
const STREAMS = 36 ** STREAM_DIGITS;

/** Shortest token, about what vendors send; also the default. */
export const TOKEN_LENGTH = INDEX_DIGITS + STREAM_DIGITS + 1;

/** Token number `index` of stream number `stream`, `length` UTF-16 code units long. */
export function tokenText(stream, index, length = TOKEN_LENGTH) {
  const digits = index.toString(36).padStart(INDEX_DIGITS, '0');
  const mark = (stream % STREAMS).toString(36).padStart(STREAM_DIGITS, '0');
  return (digits + mark).padEnd(length - 1, '.') + (index % 8 === 7 ? 'é' : ' ');
}

/** The index that a token claims to have; NaN where it claims nothing. */
export function claimedIndex(text) {
  return Number.parseInt(text.slice(0, INDEX_DIGITS), 36);
}

/** What the prompt asks of the provider; systems pass it on as they would any prompt. */
export function promptFor(load) {
  return `bench ${JSON.stringify(load)}`;
}

/** The load that a prompt asks for. */
export function loadOf(prompt) {
  return JSON.parse(prompt.slice(prompt.indexOf('{')));
}
