/**
 * Makes one script of all that the page begins with, and one of what shows a chat. Angular leaves a dozen, most of them
 * smaller than what it takes to ask for them, and named only in one another.
 */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';

const PAGE = join(import.meta.dirname, '..', 'dist', 'frontend', 'browser');
const IMPORTED = /\b(?:from|import)"\.\/([\w-]+\.js)"/g;
const PRELOAD = /<link rel="modulepreload"[^>]*>/g;
const NO_CHAT_SCRIPTS = '<meta name="chat-scripts" content=""/>';

const index = join(PAGE, 'index.html');
const page = readFileSync(index, 'utf8');
// They are merged already where this was run before.
if (!page.includes(NO_CHAT_SCRIPTS)) process.exit();

const scripts = readdirSync(PAGE).filter((file) => /^(?:main|chunk)-[\w-]+\.js$/.test(file));
const textOf = (script) => readFileSync(join(PAGE, script), 'utf8');

/** The script and all that it cannot be without. */
function withImports(script) {
  const needed = new Set([script]);
  // Those that are added are gone through as well.
  for (const one of needed) for (const [, imported] of textOf(one).matchAll(IMPORTED)) needed.add(imported);
  return needed;
}

/** The script in which a component is. */
function scriptOf(selector) {
  const defined = new RegExp(`selectors:\\[\\[["'\`]${selector}["'\`]`);
  const found = scripts.find((script) => defined.test(textOf(script)));
  if (!found) throw new Error(`${selector} is in no script.`);
  return found;
}

const [tag, main] = page.match(/<script src="(main-[\w-]+\.js)"[^>]*>/) ?? [];
if (!tag) throw new Error('The page begins with no script.');
const first = withImports(main);
const chatParts = [scriptOf('app-chat-page'), scriptOf('app-message-list')];
const groups = [['first', first], ...chatParts.map((script) => [script, withImports(script)])];

const bundle = await rolldown({ input: { main: join(PAGE, main) }, cwd: PAGE, logLevel: 'warn' });
const { output } = await bundle.generate({
  // Angular has done all the rest.
  minify: { mangle: false, compress: false },
  entryFileNames: 'main-[hash].js',
  chunkFileNames: 'chunk-[hash].js',
  // What is in several groups is in the first of them.
  codeSplitting: {
    groups: groups.map(([name, members], rank) => ({
      name,
      priority: groups.length - rank,
      test: (id) => members.has(basename(id)),
    })),
  },
});
await bundle.close();

const isTaken = new Set(
  output.flatMap(({ modules }) => Object.keys(modules ?? {})).map((id) => basename(id)),
);
for (const script of scripts) if (isTaken.has(script)) rmSync(join(PAGE, script));
for (const { fileName, code } of output) writeFileSync(join(PAGE, fileName), code);

/** What has to be there for what was in a script before. */
function namesFor(former) {
  const { fileName } = output.find(({ modules }) => modules && join(PAGE, former) in modules);
  return withImports(fileName);
}

const entry = output.find(({ isEntry }) => isEntry);
const begun = withImports(entry.fileName);
const links = [...begun]
  .filter((script) => script !== entry.fileName)
  .map((script) => `<link rel="modulepreload" href="${script}" nonce="{{nonce}}">`);
const [chat, messages] = chatParts.map((part) => namesFor(part).difference(begun));
const chatScripts = [[...chat].join(' '), [...messages.difference(chat)].join(' ')];
writeFileSync(
  index,
  page
    .replace(PRELOAD, '')
    .replace(tag, links.join('') + tag.replace(main, entry.fileName))
    .replace(NO_CHAT_SCRIPTS, NO_CHAT_SCRIPTS.replace('""', `"${chatScripts.join(', ')}"`)),
);
