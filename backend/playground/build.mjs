/**
 * Bundles GraphiQL, its editor and its workers into dist/playground: the page asks no other server for anything.
 * File names carry a hash of their content, so that they can be cached for good; index.html names them.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { build } from 'esbuild';
import { compressFiles } from '../../scripts/compress.mjs';

const SOURCES = import.meta.dirname;
const OUTPUT = join(SOURCES, '..', '..', 'dist', 'playground');
/** Where the backend serves the output. */
const BASE = '/playground/';

const WORKERS = {
  json: 'monaco-editor/esm/vs/language/json/json.worker.js',
  graphql: 'monaco-graphql/esm/graphql.worker.js',
  editor: 'monaco-editor/esm/vs/editor/editor.worker.js',
};

const common = {
  absWorkingDir: SOURCES,
  outdir: OUTPUT,
  bundle: true,
  minify: true,
  metafile: true,
  target: 'es2022',
  legalComments: 'linked',
  entryNames: '[name]-[hash]',
  define: { 'process.env.NODE_ENV': '"production"' },
};

/** GraphiQL's style sheet already has the editor's in it. */
const withoutEditorStyles = {
  name: 'without-editor-styles',
  setup({ onLoad }) {
    onLoad({ filter: /monaco-editor.*\.css$/ }, () => ({ contents: '', loader: 'empty' }));
  },
};

/** The file that an entry point became. */
function outputOf({ metafile }, entryPoint) {
  const [path] = Object.entries(metafile.outputs).find(([, output]) =>
    output.entryPoint?.endsWith(entryPoint),
  );
  return path;
}

await rm(OUTPUT, { recursive: true, force: true });

const workers = await build({
  ...common,
  format: 'iife',
  entryPoints: Object.fromEntries(Object.entries(WORKERS).map(([name, path]) => [`${name}-worker`, path])),
});
const workerFiles = Object.fromEntries(
  Object.entries(WORKERS).map(([name, path]) => [name, basename(outputOf(workers, path))]),
);

const page = await build({
  ...common,
  format: 'esm',
  splitting: true,
  jsx: 'automatic',
  entryPoints: { playground: 'src/main.tsx' },
  chunkNames: 'chunk-[hash]',
  publicPath: BASE,
  plugins: [withoutEditorStyles],
  // The toolkit would load it for WebSockets, which this page has none of.
  external: ['graphql-ws'],
  define: { ...common.define, WORKER_FILES: JSON.stringify(workerFiles) },
  loader: { '.graphql': 'text' },
});
const script = outputOf(page, 'src/main.tsx');
const style = page.metafile.outputs[script].cssBundle;

const addressOf = (path) => BASE + relative(OUTPUT, join(SOURCES, path));
const html = await readFile(join(SOURCES, 'index.html'), 'utf8');
await writeFile(
  join(OUTPUT, 'index.html'),
  html.replace('{{script}}', addressOf(script)).replace('{{style}}', addressOf(style)),
);
await compressFiles(OUTPUT);
