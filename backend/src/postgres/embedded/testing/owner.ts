/** Owns an embedded PostgreSQL until it is killed; says `url …`, or `error …` where it is refused. */
import { EmbeddedPostgres } from '../embedded-postgres.js';

const [, , dataDir = '', patience = '0'] = process.argv;
const postgres = new EmbeddedPostgres({ dataDir, durability: 'disposable', patienceMs: Number(patience) });
// Keeps the process alive: the embedded server does not.
setInterval(() => undefined, 60_000);
postgres.start().then(
  ({ databaseUrl }) => console.log(`url ${databaseUrl}`),
  (error: Error) => console.log(`error ${error.message}`),
);
