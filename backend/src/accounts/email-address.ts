/** RFC 5321 allows no longer ones. */
const MAX_LENGTH = 254;
/** What can be an address at all; whether mail arrives there, only mail could tell. */
const ADDRESS = /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u;

/** An address as accounts are known by it, or undefined where the text is none. */
export function emailAddress(text: string): string | undefined {
  const address = text.normalize('NFKC').trim().toLowerCase();
  return address.length <= MAX_LENGTH && ADDRESS.test(address) ? address : undefined;
}
