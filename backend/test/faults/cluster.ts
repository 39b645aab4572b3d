import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { ApiClient, type HistoryMessage, type Session } from '../support/api-client.js';
import { startPostgresServer, type PostgresServer } from '../support/postgres-server.js';
import { startProviderServer, type ProviderServer } from '../support/provider-server/provider-server.js';
import type { Scenario } from '../support/provider-server/scenarios.js';
import { SCENARIOS } from '../support/provider-server/scenarios.js';
import { startRivulet, type RivuletProcess } from '../support/rivulet-process.js';
import { violations } from './history.js';
import { Reader } from './reader.js';
import { RestartableRedis } from './restartable-redis.js';
import { Stage, type Call } from './stage.js';
import { TcpProxy } from './tcp-proxy.js';
import { eventually } from './waiting.js';

type Role = 'api' | 'worker';

/** One process, and its own lines to Redis and PostgreSQL. */
export interface Member extends RivuletProcess {
  readonly name: string;
  readonly role: Role;
  readonly redis: TcpProxy;
  readonly postgres: TcpProxy;
}

interface ClusterOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly apis?: number;
  readonly workers?: number;
}

const MODELS = ['echo', 'long', 'staged', 'steady', ...Object.keys(SCENARIOS)];

/** API and worker processes with a line of their own to everything that may break, and what may break. */
export class Cluster {
  readonly stage = new Stage();
  readonly #members = new Set<Member>();
  #started = 0;

  private constructor(
    readonly provider: ProviderServer,
    readonly redis: RestartableRedis,
    readonly databaseUrl: string,
    private readonly postgres: PostgresServer,
    private readonly scenarios: Record<string, Scenario>,
    private readonly folder: string,
    private readonly env: Readonly<Record<string, string>>,
    private readonly size: Readonly<Record<Role, number>>,
  ) {}

  /** Two API and two worker processes unless told otherwise. */
  static async start({ env = {}, apis = 2, workers = 2 }: ClusterOptions = {}): Promise<Cluster> {
    const folder = await mkdtemp(join(tmpdir(), 'rivulet-faults-'));
    const modelsFile = join(folder, 'models.yaml');
    const models = ['openai', 'anthropic', 'xai', 'gone'].flatMap((name) =>
      MODELS.map((m) => `${name}/${m}`),
    );
    await writeFile(modelsFile, [...new Set(models)].map((id) => `- { id: ${id}, name: ${id} }`).join('\n'));
    const scenarios: Record<string, Scenario> = {};
    const [provider, postgres, redis] = await Promise.all([
      startProviderServer({ scenarios }),
      startPostgresServer(),
      RestartableRedis.start(),
    ]);
    const cluster = new Cluster(
      provider,
      redis,
      await postgres.createDatabase(),
      postgres,
      scenarios,
      folder,
      {
        AUTH_GUESTS: 'true',
        MODELS_FILE: modelsFile,
        OPENAI_BASE_URL: provider.openAiUrl,
        ...{ ANTHROPIC_BASE_URL: provider.url, ANTHROPIC_API_KEY: 'sk-test' },
        ...{ XAI_BASE_URL: provider.openAiUrl, XAI_API_KEY: 'sk-test' },
        // Port 9 discards: nobody listens there.
        COMPATIBLE_SERVERS: 'gone=http://127.0.0.1:9/v1',
        ...env,
      },
      { api: apis, worker: workers },
    );
    cluster.script('staged', cluster.stage.scenario);
    await cluster.restore();
    return cluster;
  }

  get apis(): readonly Member[] {
    return this.#membersOf('api');
  }

  get workers(): readonly Member[] {
    return this.#membersOf('worker');
  }

  /** Of the API processes that live, for those who read. */
  readonly urls = (): readonly string[] => this.apis.map(({ url }) => url);

  /** One more process beside the others. */
  async add(role: Role): Promise<Member> {
    const [redis, postgres] = await Promise.all([TcpProxy.to(this.redis.url), TcpProxy.to(this.databaseUrl)]);
    const name = `${role}-${++this.#started}`;
    const env = { ...this.env, ROLE: role, REDIS_URL: redis.url, DATABASE_URL: postgres.url };
    // A key of its own tells the provider who asks.
    const running = await startRivulet({ OPENAI_API_KEY: `sk-${name}`, ...env });
    const gone = async (): Promise<void> => {
      this.#members.delete(member);
      await Promise.all([redis.close(), postgres.close()]);
    };
    const member: Member = {
      ...{ name, role, redis, postgres, url: running.url, pid: running.pid },
      terminate: async () => {
        // Whoever is told to end is asked for nothing new.
        this.#members.delete(member);
        const code = await running.terminate();
        await gone();
        return code;
      },
      kill: async () => {
        this.#members.delete(member);
        await running.kill();
        await gone();
      },
    };
    this.#members.add(member);
    return member;
  }

  /** As many processes as at the start, whatever the test before did. */
  async restore(): Promise<void> {
    const missing = (['api', 'worker'] as const).flatMap((role) =>
      Array<Role>(Math.max(0, this.size[role] - this.#membersOf(role).length)).fill(role),
    );
    await Promise.all(missing.map((role) => this.add(role)));
  }

  /** What the provider does from now on when it is asked for this model. */
  script(model: string, scenario: Scenario): void {
    this.scenarios[model] = scenario;
  }

  guest(): Promise<ApiClient> {
    return ApiClient.guest(this.urls()[0] ?? '');
  }

  read(client: ApiClient, { id }: Session): Reader {
    return new Reader(client, id, this.urls);
  }

  /** The reply as history has it, once nothing will change it any more. */
  async saved(client: ApiClient, session: Session): Promise<HistoryMessage> {
    const chat = await client.on(this.urls()[0] ?? '').history(session.chat.id);
    const message = chat.find(({ id }) => id === session.assistantMessage.id);
    if (!message) throw new Error('the reply is not in history');
    return message;
  }

  /** Reads to the end and returns what is wrong with what was read. */
  async violations(reader: Reader, client: ApiClient, session: Session, sent?: string): Promise<string[]> {
    const events = await reader.end();
    return violations({ events, saved: await this.saved(client, session), sent });
  }

  /** The process that made this call to the provider. */
  callerOf({ key }: Call): Member {
    const caller = [...this.#members].find(({ name }) => key.endsWith(name));
    if (!caller) throw new Error(`nobody has the key ${key}`);
    return caller;
  }

  /** Waits until what has arrived of a reply on its way is in the database. */
  async untilSaved(session: Session, content: string): Promise<void> {
    await eventually(`${content} is saved`, async () => {
      const sql = 'SELECT FROM messages WHERE id = $1 AND content = $2';
      return (await this.query(sql, [session.assistantMessage.id, content])).length > 0;
    });
  }

  async query<T>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
    const client = new Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      return (await client.query(sql, [...values])).rows as T[];
    } finally {
      await client.end();
    }
  }

  /** Stops a process in the middle of whatever it does; `SIGCONT` lets it go on. */
  signal({ pid }: Member, signal: 'SIGSTOP' | 'SIGCONT'): void {
    process.kill(pid, signal);
  }

  /** Ends PostgreSQL in the middle of everything; it is started again at once, and recovers. */
  async crashPostgres(): Promise<void> {
    const [row] = await this.query<{ pid: number }>(
      `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int AS pid`,
    );
    if (row) process.kill(row.pid, 'SIGQUIT');
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#members].map((member) => member.kill()));
    await Promise.all([this.provider.close(), this.postgres.stop(), this.redis.stop()]);
    await rm(this.folder, { recursive: true });
  }

  #membersOf(role: Role): readonly Member[] {
    return [...this.#members].filter((member) => member.role === role);
  }
}
