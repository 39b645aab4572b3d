import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  /** Environment of every process. */
  readonly env: Readonly<Record<string, string>>;
  /** Names a scenario for the next replies of the model `openai/NAME`. */
  readonly scenarios: Record<string, Scenario>;
  /** One more worker process, beside or instead of the others. */
  addWorker(): Promise<RivuletProcess>;
  stop(): Promise<void>;
}

interface InstallationOptions {
  readonly env?: Readonly<Record<string, string>>;
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

/** Starts servers and processes of one mode; `stop` leaves nothing behind. */
export async function startInstallation(
  mode: Mode,
  options: InstallationOptions = {},
): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-e2e-'));
  await writeFile(join(folder, 'models.yaml'), modelsFile());
  const scenarios: Record<string, Scenario> = {};
  const [provider, postgres, redis] = await Promise.all([
    startProviderServer({ scenarios }),
    startPostgresServer(),
    mode === 'one process' ? undefined : startRedisServer(),
  ]);
  const databaseUrl = await postgres.createDatabase();
  const env = {
    DATABASE_URL: databaseUrl,
    AUTH_GUESTS: 'true',
    MODELS_FILE: join(folder, 'models.yaml'),
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
    ...options.env,
  };
  const roles = redis ? ['api', 'api', 'worker', 'worker'] : ['all'];
  const processes = await Promise.all(roles.map((ROLE) => startRivulet({ ...env, ROLE })));
  const [first, second = first] = processes;
  if (!first || !second) throw new Error('no API process');
  return {
    apis: [first, second],
    workers: processes.slice(2),
    ...{ provider, databaseUrl, env, scenarios },
    addWorker: async () => {
      const worker = await startRivulet({ ...env, ROLE: 'worker' });
      processes.push(worker);
      return worker;
    },
    stop: async () => {
      await Promise.all(processes.map((process) => process.terminate()));
      await Promise.all([provider.close(), postgres.stop(), redis?.stop()]);
      await rm(folder, { recursive: true });
    },
  };
}
