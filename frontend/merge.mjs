/**
 * Makes one script of all that the page begins with, and one each of what asks the server and of what shows a chat, the way
 * in, and the list of chats. Angular leaves a dozen, most of them smaller than what it takes to ask for them, and named only
 * in one another.
 */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';

const PAGE = join(import.meta.dirname, '..', 'dist', 'frontend', 'browser');
const IMPORTED = /\b(?:from|import)"\.\/([\w-]+\.js)"/g;
const PRELOAD = /<link rel="modulepreload"[^>]*>/g;
const NO_PAGE_SCRIPTS = '<meta name="page-scripts" content=""/>';
/** Chromium compiles such a script while it arrives, beside the page, and not function by function when they are called. */
const ALL_AT_ONCE = '//# allFunctionsCalledOnLoad\n';

const index = join(PAGE, 'index.html');
const page = readFileSync(index, 'utf8');
// They are merged already where this was run before.
if (!page.includes(NO_PAGE_SCRIPTS)) process.exit();

const scripts = readdirSync(PAGE).filter((file) => /^(?:main|chunk)-[\w-]+\.js$/.test(file));
const textOf = (script) => readFileSync(join(PAGE, script), 'utf8');

/** The script and all that it cannot be without. */
function withImports(script) {
  const needed = new Set([script]);
  // Those that are added are gone through as well.
  for (const one of needed) for (const [, imported] of textOf(one).matchAll(IMPORTED)) needed.add(imported);
  return needed;
}

function scriptWith(text) {
  const found = scripts.find((script) => text.test(textOf(script)));
  if (!found) throw new Error(`${text} is in no script.`);
  return found;
}

/** The script in which a component is. */
function scriptOf(selector) {
  return scriptWith(new RegExp(`selectors:\\[\\[["'\`]${selector}["'\`]`));
}

const [tag, main] = page.match(/<script src="(main-[\w-]+\.js)"[^>]*>/) ?? [];
if (!tag) throw new Error('The page begins with no script.');
const transport = scriptWith(/\bas createTransport\b/);
const parts = ['app-chat-page', 'app-message-list', 'app-sign-in-page', 'app-sidebar'].map(scriptOf);
const [, messageList, , sidebar] = parts;
// What the list of chats and a chat have in common would make one of them wait for the other.
const first = withImports(main).union(withImports(sidebar).intersection(withImports(messageList)));
const groups = [['first', first], ...[transport, ...parts].map((script) => [script, withImports(script)])];

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
const isGrouped = new Set(groups.map(([name]) => name));
for (const { name, fileName, code } of output)
  writeFileSync(join(PAGE, fileName), isGrouped.has(name) ? ALL_AT_ONCE + code : code);

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
const [chat, messages, signIn, list] = parts.map((part) => namesFor(part).difference(begun));
// Where there is room for the list, what is live in it is needed soon.
const listed = list.union(namesFor(transport).difference(begun));
const pageScripts = [chat, messages.difference(chat), signIn, listed]
  .map((names) => [...names].join(' '))
  .join(', ');
writeFileSync(
  index,
  page
    .replace(PRELOAD, '')
    .replace(tag, links.join('') + tag.replace(main, entry.fileName))
    .replace(NO_PAGE_SCRIPTS, NO_PAGE_SCRIPTS.replace('""', `"${pageScripts}"`)),
);
