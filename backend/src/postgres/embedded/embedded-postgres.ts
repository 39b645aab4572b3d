import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Cluster } from './cluster.js';
import { databaseUrl, ensureDatabase } from './database.js';
import type { Durability } from './initdb.js';
import { launch } from './launch.js';
import { findOsUser } from './os-user.js';
import { OwnerLock } from './owner-lock.js';
import { findBinaries } from './postgres-binaries.js';
import type { ServerRecipe } from './server-order.js';
import type { Server } from './server.js';

export interface EmbeddedPostgresOptions {
  /** Folder of the database, its password and its log; made if missing. */
  readonly dataDir: string;
  readonly durability?: Durability;
  /** How long the owner before us may take to end. */
  readonly patienceMs?: number;
  /** Gets the few lines that an operator may want to read. */
  readonly log?: (line: string) => void;
  /** Called when PostgreSQL ended by itself and cannot be started again. */
  readonly onLost?: (error: EmbeddedPostgresError) => void;
}

/** PostgreSQL cannot be had; the message is a sentence for the operator. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

const DATABASE = 'rivulet';

/** A real PostgreSQL in the data folder, in processes of its own. */
export class EmbeddedPostgres {
  private readonly lock: OwnerLock;
  private readonly log: (line: string) => void;
  /** The current run, or the attempt at one. */
  private server?: Promise<Server>;
  private stopping = false;

  constructor(private readonly options: EmbeddedPostgresOptions) {
    const { dataDir, patienceMs = 5000 } = options;
    this.lock = new OwnerLock(join(dataDir, 'owner.lock'), dataDir, patienceMs);
    this.log = options.log ?? (() => undefined);
  }

  /**
   * Recovers from whatever the last run left behind, and resolves when the database can be used. Rejects with
   * an `EmbeddedPostgresError`.
   */
  async start(): Promise<{ databaseUrl: string }> {
    try {
      await this.own();
      return await this.startOwned().catch(async (error: unknown) => {
        await this.stop();
        throw error;
      });
    } catch (error) {
      throw explained(error);
    }
  }

  /** Ends PostgreSQL in good order. Call it after its users are done. */
  async stop(): Promise<void> {
    this.stopping = true;
    const server = await this.server?.catch(() => undefined);
    await server?.stop();
    await this.lock.release();
  }

  private async own(): Promise<void> {
    const { dataDir } = this.options;
    try {
      await mkdir(dataDir, { recursive: true, mode: 0o700 });
      await this.lock.acquire();
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      throw new Error(
        `This user may not write in ${dataDir}: start Rivulet as the owner of the folder, or set DATA_DIR to another one`,
        { cause: error },
      );
    }
  }

  private async startOwned(): Promise<{ databaseUrl: string }> {
    this.stopping = false;
    const recipe = await this.prepare();
    const { server, port } = await launch(recipe, this.log);
    this.server = Promise.resolve(server);
    void this.keepRunning(server, recipe, port);
    await ensureDatabase(databaseUrl(port, recipe.password, 'postgres'), DATABASE);
    return { databaseUrl: databaseUrl(port, recipe.password, DATABASE) };
  }

  private async prepare(): Promise<ServerRecipe> {
    const { dataDir, durability = 'durable' } = this.options;
    const cluster = new Cluster(dataDir);
    const user = await findOsUser(cluster.folder);
    const binaries = await findBinaries(user, this.log);
    return {
      cluster,
      user,
      binaries,
      durability,
      password: await cluster.prepare(binaries, user, durability),
    };
  }

  /** Starts PostgreSQL again, on the same port, when it ends without being asked to. */
  private async keepRunning(server: Server, recipe: ServerRecipe, port: number): Promise<void> {
    await server.ended;
    if (this.stopping) return;
    this.log('PostgreSQL ended unexpectedly and is being started again');
    this.server = launch(recipe, this.log, port).then((next) => next.server);
    try {
      void this.keepRunning(await this.server, recipe, port);
    } catch (error) {
      this.options.onLost?.(explained(error));
    }
  }
}

function explained(error: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError((error as Error).message, { cause: error });
}
