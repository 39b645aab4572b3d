import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initdb } from './initdb.js';
import type { Durability } from './initdb.js';
import type { OsUser } from './os-user.js';
import type { PostgresBinaries } from './postgres-binaries.js';

/** The files of the embedded PostgreSQL in the data folder. */
export class Cluster {
  readonly folder: string;
  readonly logFile: string;
  private readonly passwordFile: string;

  constructor(private readonly dataDir: string) {
    this.folder = join(dataDir, 'postgres');
    this.logFile = join(dataDir, 'postgres.log');
    this.passwordFile = join(dataDir, 'postgres-password');
  }

  /** Makes the cluster if there is none yet, and returns its password. */
  async prepare(
    binaries: PostgresBinaries,
    user: OsUser | undefined,
    durability: Durability,
  ): Promise<string> {
    const exists = await stat(this.folder).catch(() => undefined);
    const known = (await readFile(this.passwordFile, 'utf8').catch(() => '')).trim();
    if (exists && known) return known;
    if (exists) {
      throw new Error(
        `${this.passwordFile} is missing, and nobody can open ${this.folder} without it: ` +
          'put it back, or move the folder away to begin with an empty database',
      );
    }
    const password = known || randomBytes(24).toString('base64url');
    await writeFile(this.passwordFile, `${password}\n`, { mode: 0o600, flush: true });
    if (user) await chown(this.passwordFile, user.uid, user.gid);
    const draft = await this.emptyDraft();
    if (user) await chown(draft, user.uid, user.gid);
    await initdb(binaries.initdb, draft, this.passwordFile, user, durability);
    // Only now: a start that is killed half-way leaves nothing that looks like a cluster.
    await rename(draft, this.folder);
    return password;
  }

  private async emptyDraft(): Promise<string> {
    const prefix = 'postgres.new-';
    const leftovers = (await readdir(this.dataDir)).filter((name) => name.startsWith(prefix));
    for (const name of leftovers) await rm(join(this.dataDir, name), { recursive: true, maxRetries: 5 });
    return mkdtemp(join(this.dataDir, prefix));
  }
}
