import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Belongings } from './belongings.js';
import { GENEROUS_PLANS } from './generous-plans.js';
import { startPostgresServer } from './postgres-server.js';
import { startProviderServer, type ProviderServer } from './provider-server/provider-server.js';
import type { Scenario } from './provider-server/scenarios.js';
import { startRedisServer } from './redis-server.js';
import { startRivulet, type RivuletProcess } from './rivulet-process.js';

export type Mode = 'one process' | 'two API and two worker processes on Redis';
export const MODES: readonly Mode[] = ['one process', 'two API and two worker processes on Redis'];

/** A whole installation of the tests' own. */
export interface Installation {
  /** API processes; where there is only one, both are it. */
  readonly apis: readonly [RivuletProcess, RivuletProcess];
  readonly workers: readonly RivuletProcess[];
  readonly provider: ProviderServer;
  readonly databaseUrl: string;
  /** What the database has logged. */
  databaseLog(): Promise<string>;
  /** Environment of every process. */
  readonly env: Readonly<Record<string, string>>;
  /** Names a scenario for the next replies of the model `openai/NAME`. */
  readonly scenarios: Record<string, Scenario>;
  /** One more worker process, beside or instead of the others. */
  addWorker(): Promise<RivuletProcess>;
  stop(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

interface InstallationOptions {
  /** The text of the plans' file; left out: one that stands in nobody's way. */
  readonly plans?: string;
  readonly env?: Environment | ((provider: ProviderServer) => Environment);
}

/** Models that the catalog of every test installation has; each is a scenario of the provider server. */
const MODELS = [
  'echo',
  'gated',
  'gated-2',
  'long',
  'reasoning',
  'fault-truncate',
  'fault-overload-midway',
  'fault-decline',
];
const PROVIDERS = ['openai', 'anthropic', 'xai', 'local'];

function modelsFile(): string {
  const listed = PROVIDERS.flatMap((provider) => MODELS.map((model) => `${provider}/${model}`));
  return [...listed, 'demo/rivulet'].map((id) => `- { id: ${id}, name: ${id} }`).join('\n');
}

/** Starts servers and processes of one mode; `stop` leaves nothing behind, and neither does a start that fails. */
export async function startInstallation(
  mode: Mode,
  options: InstallationOptions = {},
): Promise<Installation> {
  const servers = new Belongings();
  const processes = new Belongings();
  const stop = async (): Promise<void> => {
    await processes.end();
    await servers.end();
  };
  try {
    return { ...(await start(mode, options, servers, processes)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  mode: Mode,
  options: InstallationOptions,
  servers: Belongings,
  processes: Belongings,
): Promise<Omit<Installation, 'stop'>> {
  const folder = await servers.add(mkdtemp(join(tmpdir(), 'rivulet-e2e-')), (path) =>
    rm(path, { recursive: true }),
  );
  await writeFile(join(folder, 'models.yaml'), modelsFile());
  await writeFile(join(folder, 'plans.yaml'), options.plans ?? GENEROUS_PLANS);
  const scenarios: Record<string, Scenario> = {};
  const [provider, postgres, redis] = await Promise.all([
    servers.add(startProviderServer({ scenarios }), (server) => server.close()),
    servers.add(startPostgresServer(), (server) => server.stop()),
    mode === 'one process' ? undefined : servers.add(startRedisServer(), (server) => server.stop()),
  ]);
  const databaseUrl = await postgres.createDatabase();
  const env = {
    DATABASE_URL: databaseUrl,
    AUTH_GUESTS: 'true',
    MODELS_FILE: join(folder, 'models.yaml'),
    PLANS_FILE: join(folder, 'plans.yaml'),
    OPENAI_BASE_URL: provider.openAiUrl,
    OPENAI_API_KEY: 'sk-test',
    ANTHROPIC_BASE_URL: provider.url,
    ANTHROPIC_API_KEY: 'sk-test',
    XAI_BASE_URL: provider.openAiUrl,
    XAI_API_KEY: 'sk-test',
    COMPATIBLE_SERVERS: `local=${provider.openAiUrl}`,
    DEMO_MODELS: 'true',
    DEMO_TOKENS_PER_SECOND: '500',
    ...(redis && { REDIS_URL: redis.url }),
    ...(typeof options.env === 'function' ? options.env(provider) : options.env),
  };
  const run = (ROLE: string) =>
    processes.add(startRivulet({ ...env, ROLE }), (running) => running.terminate());
  const roles = redis ? ['api', 'api', 'worker', 'worker'] : ['all'];
  const running = await Promise.all(roles.map(run));
  const [first, second = first] = running;
  if (!first || !second) throw new Error('no API process');
  return {
    apis: [first, second],
    workers: running.slice(2),
    ...{ provider, databaseUrl, env, scenarios },
    databaseLog: () => postgres.log(),
    addWorker: () => run('worker'),
  };
}
