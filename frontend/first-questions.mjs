/** Writes into the page what it asks the server for first, so that this can be asked before its scripts have come. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { concatAST, parse, print, separateOperations, stripIgnoredCharacters } from 'graphql';

const ASKED_FIRST = ['Viewer', 'Models', 'Chat', 'Chats'];
const NO_QUESTIONS = 'name="first-questions" content="{}"';

const documents = globSync(
  join(import.meta.dirname, 'src/app/{account,chat,chats,graphql,models}/*.graphql'),
);
const operations = separateOperations(concatAST(documents.map((file) => parse(readFileSync(file, 'utf8')))));
const questions = Object.fromEntries(
  ASKED_FIRST.map((name) => [name, stripIgnoredCharacters(print(operations[name]))]),
);

const index = join(import.meta.dirname, '../dist/frontend/browser/index.html');
const page = readFileSync(index, 'utf8');
// They are in it already where this was run before.
if (page.includes(NO_QUESTIONS)) {
  const content = JSON.stringify(questions).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  writeFileSync(
    index,
    page.replace(NO_QUESTIONS, () => `name="first-questions" content="${content}"`),
  );
}
