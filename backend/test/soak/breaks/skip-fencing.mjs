/** Loaded before the application: changes its code, as it is read, so that an older attempt is never refused. */
import { registerHooks } from 'node:module';

const SCRIPTS = '/streaming/redis-writing.lua.js';
const STATEMENTS = '/postgres/session-statements.js';
const CHANGES = [
  { file: SCRIPTS, from: 'if log and log.attempt == ARGV[index + 1] then', to: 'if log then' },
  // An older attempt's numbers are not the log's either.
  { file: SCRIPTS, from: "if expected ~= '' and expected ~= last then", to: 'if false then' },
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
