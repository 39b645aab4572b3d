/** Comes last: what stands beside the built page's scripts and styles are the same ones, compressed. */
import { join } from 'node:path';
import { compressFiles } from '../scripts/compress.mjs';

await compressFiles(join(import.meta.dirname, '..', 'dist', 'frontend', 'browser'));
