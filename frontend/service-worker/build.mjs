/** Adds the service worker to the built page. It names every file of it, so that another version is another worker. */
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';

const SOURCES = import.meta.dirname;
const PAGE = join(SOURCES, '..', '..', 'dist', 'frontend', 'browser');
const OUTPUT = 'service-worker.js';

const files = readdirSync(PAGE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `/${relative(PAGE, join(entry.parentPath, entry.name)).split(sep).join('/')}`)
  // Diagrams are drawn in a frame that no worker serves, and browsers ask for no compressed file by its name.
  .filter(
    (file) => !['/index.html', `/${OUTPUT}`].includes(file) && !/\.(?:map|br|gz)$|^\/diagrams/.test(file),
  )
  .sort();

await build({
  absWorkingDir: SOURCES,
  entryPoints: ['service-worker.ts'],
  outfile: join(PAGE, OUTPUT),
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  define: { FILES: JSON.stringify(files) },
});
