/** Loaded before the application: changes its code, as it is read, so that an older attempt is never refused. */
import { registerHooks } from 'node:module';

const STREAMING = '/streaming';
const STATEMENTS = '/postgres/session-statements.js';
const CHANGES = [
  // It finds the list of whoever has it, …
  {
    file: `${STREAMING}/redis-names.js`,
    from: '${EVENTS_PREFIX}${sessionId}:${attempt}',
    to: '${EVENTS_PREFIX}${sessionId}:1',
  },
  { file: `${STREAMING}/redis-writing.lua.js`, from: "':' .. attempt", to: "':1'" },
  { file: `${STREAMING}/redis-reading.lua.js`, from: "':' .. attempt", to: "':1'" },
  // … and its length, which is another attempt's, is not looked at.
  {
    file: `${STREAMING}/redis-writing.lua.js`,
    from: 'local well = sum == tonumber(ARGV[7])',
    to: 'local well = true',
  },
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
