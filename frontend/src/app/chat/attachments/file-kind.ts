/** How files of each kind begin; `null` stands for any byte. */
const SIGNATURES: readonly (readonly [type: string, bytes: readonly (number | null)[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
];

/** The media type of an image that models see, by its first bytes; `null`: it is none. */
export function imageTypeOf(bytes: Uint8Array): string | null {
  const found = SIGNATURES.find(([, signature]) =>
    signature.every((byte, at) => byte === null || byte === bytes[at]),
  );
  return found?.[0] ?? null;
}

/** Whether it is text in UTF-8: all of a file, or as much of its beginning as was read. */
export function isText(bytes: Uint8Array, part: 'whole' | 'beginning'): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: part === 'beginning' });
    // A PDF may be all ASCII, and yet nothing to read.
    return !text.includes('\0') && !text.startsWith('%PDF-');
  } catch (error) {
    if ((error as Error).name === 'TypeError') return false;
    throw error;
  }
}

/** What a text is sent as. Browsers know few kinds of source code, and take TypeScript for a film. */
export function textTypeOf(browsersType: string): string {
  return /^(?:text\/[\w.+-]+|application\/json)$/.test(browsersType) ? browsersType : 'text/plain';
}
