/**
 * Adds the page in which diagrams are drawn to the built page. It is one file, script and all: a frame without an origin is
 * given no script from here, keeps none and has no service worker, but a file whose name never means anything else is kept.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const SOURCES = import.meta.dirname;
const PAGE = join(SOURCES, '..', '..', 'dist', 'frontend', 'browser');
const OWN = /^diagrams-[\w-]{8}\.html$/;

/** A third of the whole, for diagrams that hardly anybody draws; those stay code. */
const withoutTheLargest = {
  name: 'without-the-largest',
  setup({ onLoad }) {
    const contents = 'export default {}';
    onLoad({ filter: /node_modules\/(elkjs|katex)\// }, () => ({ contents, loader: 'js' }));
  },
};

const { outputFiles } = await build({
  absWorkingDir: SOURCES,
  entryPoints: ['diagrams.ts'],
  outdir: SOURCES,
  write: false,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  legalComments: 'external',
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [withoutTheLargest],
});
const fileNamed = (ending) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
const script = fileNamed('diagrams.js');
if (/<\/?script/i.test(script)) throw new Error('The script would end, or begin another, in the middle.');

const hashOf = (text, encoding) => createHash('sha256').update(text).digest(encoding);
const html = readFileSync(join(SOURCES, 'diagrams.html'), 'utf8')
  .replace('{{hash}}', hashOf(script, 'base64'))
  .replace('<!-- {{script}} -->', () => `<script>${script}</script>`);
const name = `diagrams-${hashOf(html, 'base64url').slice(0, 8)}.html`;

for (const file of readdirSync(PAGE)) if (OWN.test(file)) rmSync(join(PAGE, file));
writeFileSync(join(PAGE, name), html);
writeFileSync(join(PAGE, 'diagrams.LEGAL.txt'), fileNamed('.LEGAL.txt'));

// The page finds it by this name.
const index = join(PAGE, 'index.html');
const page = readFileSync(index, 'utf8');
const named = page.replace(/(<meta name="diagrams" content=")[^"]*/, `$1${name}`);
if (!named.includes(name)) throw new Error('The page does not ask for it.');
writeFileSync(index, named);
