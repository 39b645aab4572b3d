import { setTimeout as delay } from 'node:timers/promises';
import { Cluster } from '../faults/cluster.js';
import { breakEnvironment, deliveryOf } from './breaks/breaks.js';
import { leftovers, sessionRows, usageRecords } from './end-state.js';
import { planFaults } from './fault-plan.js';
import { Narrator } from './narrator.js';
import type { SoakOptions } from './options.js';
import { Random } from './random.js';
import type { ProcessRecord, RunRecord, SessionRecord, StartRecord } from './run-record.js';
import { Saboteur } from './saboteur.js';
import { User } from './user.js';

/** Streams and replies may take so long to be over after the last reader has left, in milliseconds. */
const QUIET_MS = 20_000;

const ENV = {
  // Longer than any pause of a worker, so that a call ends only where the provider ends it.
  FIRST_TOKEN_TIMEOUT_SECONDS: '20',
  IDLE_TIMEOUT_SECONDS: '20',
};

/** Runs the system under load, breaks it as planned, and returns what everybody saw. `progress` is told now and then. */
export async function soak(options: SoakOptions, progress: (line: string) => void): Promise<RunRecord> {
  const env = { ...ENV, ...breakEnvironment(options.break) };
  const cluster = new Cluster({ env, apis: options.apis, workers: options.workers });
  try {
    await cluster.start();
    return await new Soak(cluster, options, progress).run();
  } finally {
    await cluster.stop();
  }
}

class Soak {
  readonly #began = performance.now();
  readonly #now = (): number => performance.now() - this.#began;
  readonly #narrator: Narrator;
  readonly #saboteur: Saboteur;
  #healed = false;
  /** Aborts when nobody waits any longer. */
  readonly #over = new AbortController();
  readonly #sessions: SessionRecord[] = [];
  readonly #starts: StartRecord[] = [];
  readonly #refusals: string[] = [];

  constructor(
    private readonly cluster: Cluster,
    private readonly options: SoakOptions,
    private readonly progress: (line: string) => void,
  ) {
    this.#narrator = new Narrator(options.rate, this.#now);
    this.#saboteur = new Saboteur(cluster, this.#narrator, this.#now);
  }

  async run(): Promise<RunRecord> {
    this.cluster.script('steady', this.#narrator.scenario);
    const delivery = deliveryOf(this.options.break, this.cluster.urls);
    const random = new Random(`${this.options.seed}/load`);
    const users = await Promise.all(
      Array.from({ length: this.options.users }, (_, index) =>
        this.#user(`u${index + 1}`, random.fork(`user ${index}`), delivery.urls),
      ),
    );
    const chats = users.map((user) => this.#chat(user));
    await this.#breakThings();
    await this.#saboteur.heal();
    this.#healed = true;
    this.progress(`${Math.round(this.#now() / 1000)} s, the load is over; waiting for all to end`);
    const patience = setTimeout(() => this.#over.abort(), this.options.settleMs);
    await Promise.all(chats);
    const rows = await sessionRows(this.cluster, this.#over.signal);
    clearTimeout(patience);
    const usage = await usageRecords(this.cluster);
    this.#over.abort();
    const processes = await this.#processes();
    await delivery.close();
    return {
      ...{ sessions: this.#sessions, calls: this.#narrator.calls, rows, usage, starts: this.#starts },
      ...{ faults: this.#saboteur.faults, processes, refusals: this.#refusals },
    };
  }

  async #user(name: string, random: Random, urls: () => readonly string[]): Promise<User> {
    return new User({
      ...{ name, random, urls, client: await this.cluster.guest(), now: this.#now },
      ...{ signal: this.#over.signal, sessions: this.#sessions, starts: this.#starts },
    });
  }

  /** Story after story for as long as things break, each to its end. */
  async #chat(user: User): Promise<void> {
    while (!this.#healed) {
      try {
        await user.next();
      } catch (error) {
        if (this.#over.signal.aborted) return;
        this.#refusals.push(`${Math.round(this.#now())} ms: ${String(error)}`);
      }
    }
  }

  async #breakThings(): Promise<void> {
    const plan = planFaults(this.options);
    for (const [index, fault] of plan.entries()) {
      await this.#until(fault.atMs);
      this.#saboteur.findDead();
      this.#saboteur.begin(fault);
      if (index % 10 === 0) {
        const told = `${Math.round(this.#now() / 1000)} s, ${this.#sessions.length} sessions`;
        this.progress(`${told}, ${index + 1} of ${plan.length} faults, now ${fault.kind}`);
      }
    }
    await this.#until(this.options.durationMs);
  }

  async #until(ms: number): Promise<void> {
    await delay(Math.max(0, ms - this.#now()));
  }

  async #processes(): Promise<ProcessRecord[]> {
    const left = await leftovers(this.cluster, AbortSignal.timeout(QUIET_MS));
    this.#saboteur.findDead();
    return [...this.#saboteur.processes, ...left];
  }
}
