import { startProcess } from './process.mjs';
import { startRedisServer } from './support.mjs';

/** A system of this folder's own programs: a server, a worker where it has one, and a Redis of its own. */
export function ownSystem({ name, protocol, api, worker, env = {} }) {
  return {
    name,
    protocol,
    async start({ providerUrl }) {
      const redis = await startRedisServer();
      const settings = { REDIS_URL: redis.url, PROVIDER_URL: providerUrl, ...env };
      const programs = await Promise.all([
        startProcess(api, settings),
        ...(worker ? [startProcess(worker, settings)] : []),
      ]);
      const [server, producer] = programs;
      return {
        url: server.url,
        parts: {
          api: { pid: server.pid },
          ...(producer && { worker: { pid: producer.pid } }),
          redis: { pid: redis.pid },
        },
        stop: async () => {
          await Promise.all(programs.map((program) => program.stop()));
          await redis.stop();
        },
      };
    },
  };
}
