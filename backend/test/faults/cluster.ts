import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { ApiClient, type HistoryMessage, type Session } from '../support/api-client.js';
import { Belongings } from '../support/belongings.js';
import { GENEROUS_PLANS } from '../support/generous-plans.js';
import { startPostgresServer } from '../support/postgres-server.js';
import { startProviderServer, type ProviderServer } from '../support/provider-server/provider-server.js';
import { SCENARIOS, type Scenario } from '../support/provider-server/scenarios.js';
import { violations } from './history.js';
import { startMember, type Member, type Role } from './member.js';
import { Reader } from './reader.js';
import { RestartableRedis } from './restartable-redis.js';
import { Stage, type Call } from './stage.js';
import { eventually } from './waiting.js';

export interface ClusterOptions {
  /** Of every process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Of the processes of one role. */
  readonly envOf?: Readonly<Partial<Record<Role, Readonly<Record<string, string>>>>>;
  readonly apis?: number;
  readonly workers?: number;
}

const MODELS = ['echo', 'long', 'staged', 'steady', ...Object.keys(SCENARIOS)];
const PROVIDERS = ['openai', 'anthropic', 'xai', 'gone'];

export interface BegunReply {
  readonly session: Session;
  readonly call: Call;
  readonly reader: Reader;
}

/** What the processes live on. */
interface World {
  readonly provider: ProviderServer;
  readonly redis: RestartableRedis;
  readonly databaseUrl: string;
  /** Of every process. */
  readonly env: Readonly<Record<string, string>>;
}

/** API and worker processes with a line of their own to everything that may break, and what may break. */
export class Cluster {
  readonly stage = new Stage();
  readonly #members = new Set<Member>();
  readonly #scenarios: Record<string, Scenario> = { staged: this.stage.scenario };
  readonly #servers = new Belongings();
  readonly #processes = new Belongings();
  readonly #size: Readonly<Record<Role, number>>;
  #world?: World;
  #count = 0;

  /** Two API and two worker processes unless told otherwise. */
  constructor(private readonly options: ClusterOptions) {
    this.#size = { api: options.apis ?? 2, worker: options.workers ?? 2 };
  }

  async start(): Promise<void> {
    const own = this.#servers;
    const folder = await own.add(mkdtemp(join(tmpdir(), 'rivulet-faults-')), (path) =>
      rm(path, { recursive: true }),
    );
    const modelsFile = join(folder, 'models.yaml');
    const models = PROVIDERS.flatMap((name) => MODELS.map((model) => `${name}/${model}`));
    await writeFile(modelsFile, [...new Set(models)].map((id) => `- { id: ${id}, name: ${id} }`).join('\n'));
    const plansFile = join(folder, 'plans.yaml');
    await writeFile(plansFile, GENEROUS_PLANS);
    const [provider, postgres, redis] = await Promise.all([
      own.add(startProviderServer({ scenarios: this.#scenarios }), (server) => server.close()),
      own.add(startPostgresServer(), (server) => server.stop()),
      own.add(RestartableRedis.start(), (server) => server.stop()),
    ]);
    const env = {
      AUTH_GUESTS: 'true',
      MODELS_FILE: modelsFile,
      PLANS_FILE: plansFile,
      OPENAI_BASE_URL: provider.openAiUrl,
      ...{ ANTHROPIC_BASE_URL: provider.url, ANTHROPIC_API_KEY: 'sk-test' },
      ...{ XAI_BASE_URL: provider.openAiUrl, XAI_API_KEY: 'sk-test' },
      // Port 9 discards: nobody listens there.
      COMPATIBLE_SERVERS: 'gone=http://127.0.0.1:9/v1',
      ...this.options.env,
    };
    this.#world = { provider, redis, env, databaseUrl: await postgres.createDatabase() };
    await this.restore();
  }

  get provider(): ProviderServer {
    return this.#started.provider;
  }

  get redis(): RestartableRedis {
    return this.#started.redis;
  }

  get apis(): readonly Member[] {
    return this.#membersOf('api');
  }

  get workers(): readonly Member[] {
    return this.#membersOf('worker');
  }

  get members(): readonly Member[] {
    return [...this.#members];
  }

  /** The names of those that ended though nobody told them to. */
  get died(): readonly string[] {
    return this.members.filter((member) => !member.isRunning()).map(({ name }) => name);
  }

  /** Of the API processes that live, for those who read. */
  readonly urls = (): readonly string[] => this.apis.map(({ url }) => url);

  /** One more process beside the others. */
  async add(role: Role): Promise<Member> {
    const { redis, databaseUrl, env } = this.#started;
    const starting = startMember({
      name: `${role}-${++this.#count}`,
      role,
      redisUrl: redis.url,
      databaseUrl,
      env: { ...env, ...this.options.envOf?.[role] },
      onLeaving: (leaving) => this.#members.delete(leaving),
    });
    const member = await this.#processes.add(starting, (started) => started.kill());
    this.#members.add(member);
    return member;
  }

  /** As many processes as at the start, whatever the test before did. */
  async restore(): Promise<void> {
    const missing = (['api', 'worker'] as const).flatMap((role) =>
      Array<Role>(Math.max(0, this.#size[role] - this.#membersOf(role).length)).fill(role),
    );
    await Promise.all(missing.map((role) => this.add(role)));
  }

  /** What the provider does from now on when it is asked for this model. */
  script(model: string, scenario: Scenario): void {
    this.#scenarios[model] = scenario;
  }

  guest(): Promise<ApiClient> {
    return ApiClient.guest(this.urls()[0] ?? '');
  }

  /** A reply on its way: what the provider has said so far is shown to a reader. */
  async begin(client: ApiClient, prompt: string, ...said: readonly string[]): Promise<BegunReply> {
    const session = await client.start(prompt, 'openai/staged');
    const call = await this.stage.call(prompt);
    await call.say(...said);
    const reader = this.read(client, session);
    await reader.shows(said.join(''));
    return { session, call, reader };
  }

  /** @param urls where the reader looks for API processes; left out: at those that there are. */
  read(client: ApiClient, { id }: Session, urls = this.urls): Reader {
    return new Reader(client, id, urls);
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
    const caller = this.members.find(({ name }) => key.endsWith(name));
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
    const client = new Client({ connectionString: this.#started.databaseUrl });
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
    await this.#processes.end();
    await this.#servers.end();
  }

  get #started(): World {
    if (!this.#world) throw new Error('the cluster has not been started');
    return this.#world;
  }

  #membersOf(role: Role): readonly Member[] {
    return this.members.filter((member) => member.role === role);
  }
}
