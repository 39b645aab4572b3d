import pg from 'pg';
import { ROLE_NAME } from './initdb.js';

/** Not listening yet, and PostgreSQL's cannot_connect_now: starting up, recovering or shutting down. */
const NOT_YET = ['ECONNREFUSED', 'ECONNRESET', '57P03'];

export function databaseUrl(port: number, password: string, database: string): string {
  return `postgres://${ROLE_NAME}:${password}@127.0.0.1:${port}/${database}`;
}

/** Whether the server answers; false while it is still starting. */
export async function canConnect(url: string): Promise<boolean> {
  try {
    await query(url, 'SELECT 1');
    return true;
  } catch (error) {
    if (NOT_YET.includes((error as { code?: string }).code ?? '')) return false;
    throw error;
  }
}

/** Makes the database if the server has none of that name. */
export async function ensureDatabase(serverUrl: string, name: string): Promise<void> {
  const found = await query(serverUrl, 'SELECT FROM pg_database WHERE datname = $1', [name]);
  if (found === 0) await createDatabase(serverUrl, name);
}

export async function createDatabase(serverUrl: string, name: string): Promise<void> {
  await query(serverUrl, `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
}

async function query(url: string, sql: string, values: string[] = []): Promise<number | null> {
  const client = new pg.Client({ connectionString: url });
  // A connection that breaks rejects the query that waits for it; the event alone would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(sql, values)).rowCount;
  } finally {
    await client.end();
  }
}
