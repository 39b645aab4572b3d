import { setTimeout as delay } from 'node:timers/promises';
import { databaseUrl } from './database.js';
import { freePort } from './free-port.js';
import { stopLeftoverPostmaster } from './leftover-postmaster.js';
import { serverOrder } from './server-order.js';
import type { ServerRecipe } from './server-order.js';
import { Server } from './server.js';

/** Passes by itself: somebody took our port, or processes of the last run have not quite gone. */
const TRANSIENT = /already exists|is still in use|could not create any TCP\/IP sockets/;
const RETRY_FOR_MS = 15_000;

/** Starts PostgreSQL whatever the last run left behind; on `fixedPort`, or on any that is free. */
export async function launch(
  recipe: ServerRecipe,
  log: (line: string) => void,
  fixedPort?: number,
): Promise<{ server: Server; port: number }> {
  const { cluster, password } = recipe;
  const deadline = Date.now() + RETRY_FOR_MS;
  for (;;) {
    await stopLeftoverPostmaster(cluster.folder, log);
    const port = fixedPort ?? (await freePort());
    try {
      const url = databaseUrl(port, password, 'postgres');
      return { server: await Server.start(serverOrder(recipe, port), url), port };
    } catch (error) {
      const { message } = error as Error;
      if (!TRANSIENT.test(message) || Date.now() > deadline) {
        throw new Error(`PostgreSQL does not start: ${message} (see ${cluster.logFile})`, { cause: error });
      }
      await delay(100);
    }
  }
}
