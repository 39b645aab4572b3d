import { Redis } from 'ioredis';
import { Client } from 'pg';

/** Every table of the database with all that is in it, by schema and name. */
export async function tableContents(databaseUrl: string): Promise<Map<string, string>> {
  const db = new Client({ connectionString: databaseUrl });
  await db.connect();
  try {
    const tables = await db.query<{ name: string }>(
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
    );
    const contents = new Map<string, string>();
    for (const { name } of tables.rows) {
      const { rows } = await db.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t`);
      contents.set(name, rows.map(({ row }) => row).join('\n'));
    }
    return contents;
  } finally {
    await db.end();
  }
}

/** Every key of Redis with all that is there. */
export async function redisContents(url: string): Promise<Map<string, string>> {
  const redis = new Redis(url);
  try {
    const contents = new Map<string, string>();
    for (const key of await redis.keys('*')) contents.set(key, JSON.stringify(await valueOf(redis, key)));
    return contents;
  } finally {
    redis.disconnect();
  }
}

async function valueOf(redis: Redis, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'string':
      return redis.get(key);
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'hash':
      return redis.hgetall(key);
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, '0', '-1');
    case 'stream':
      return redis.xrange(key, '-', '+');
    // It was gone before it was looked at.
    default:
      return '';
  }
}
