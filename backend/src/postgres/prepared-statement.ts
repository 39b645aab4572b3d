import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

/**
 * A statement that PostgreSQL plans once a connection, for what every reply needs: planning it costs as much as running
 * it. TypeORM's `query` cannot name a statement, so this asks the pool below it.
 *
 * Its columns are listed, never `*`: a migration that adds one would change what a prepared statement returns, which
 * PostgreSQL refuses while old and new processes run side by side. A proxy that pools transactions must know prepared
 * statements, as PgBouncer does from 1.21 on.
 */
export class PreparedStatement<Row> {
  /**
   * @param name unique among all statements.
   * @param text with `$1`, `$2` … for the values.
   */
  constructor(
    private readonly name: string,
    private readonly text: string,
  ) {}

  async run(db: DataSource, values: unknown[]): Promise<Row[]> {
    const pool = (db.driver as PostgresDriver).master as Pool;
    const { rows } = await pool.query({ name: this.name, text: this.text, values });
    return rows as Row[];
  }
}
