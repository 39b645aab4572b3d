/** Loaded before the application: changes its code, as it is read, so that an older attempt is never refused. */
import { registerHooks } from 'node:module';

const SCRIPTS = '/streaming/redis-writing.lua.js';
const STATEMENTS = '/postgres/session-statements.js';
const CHANGES = [
  // It finds the log of whoever has it, …
  { file: SCRIPTS, from: 'if expected % ${ATTEMPT_SPAN} == 0 then', to: 'do' },
  { file: SCRIPTS, from: 'if place and place >= 0 and place < ${ATTEMPT_SPAN} then', to: 'if log then' },
  // … and its numbers, which are another attempt's, are not looked at.
  { file: SCRIPTS, from: 'elseif place ~= length then return', to: 'elseif false then return' },
  { file: STATEMENTS, from: 's.attempts = $2', to: 's.attempts >= $2' },
  { file: STATEMENTS, from: 's.attempts = r.attempt', to: 's.attempts >= r.attempt' },
];

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    const changes = CHANGES.filter(({ file }) => url.endsWith(file));
    if (changes.length === 0) return loaded;
    const source = changes.reduce((text, { from, to }) => {
      if (!text.includes(from)) throw new Error(`${url} has no “${from}”: there is nothing to break`);
      return text.replaceAll(from, to);
    }, Buffer.from(loaded.source).toString());
    return { ...loaded, source };
  },
});
