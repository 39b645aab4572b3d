import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder; scripts work in it, wherever they are called from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
