import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from '../faults/cluster.js';
import type { Member, Role } from '../faults/member.js';
import { eventually } from '../faults/waiting.js';
import type { FaultKind, PlannedFault } from './fault-plan.js';
import type { Narrator } from './narrator.js';
import type { FaultRecord, ProcessRecord } from './run-record.js';
import { Turns } from './turns.js';

/** How long a killed process stays away, in milliseconds. */
const ABSENCE_MS = 500;
/** How long a process may take to end in good order: its promise, and what a busy machine adds. */
const LONGEST_EXIT_MS = 40_000;
const ADDING_TRIES = 30;

/** Breaks what it is told to, and puts it right again. */
export class Saboteur {
  readonly faults: FaultRecord[] = [];
  readonly processes: ProcessRecord[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #paused = new Set<number>();
  readonly #away: Record<Role, Turns> = { api: new Turns(), worker: new Turns() };
  readonly #redis = new Turns();
  readonly #postgres = new Turns();
  /** So many of a role have to be there before one is taken away. */
  readonly #least: Readonly<Record<Role, number>>;

  constructor(
    private readonly cluster: Cluster,
    private readonly narrator: Narrator,
    private readonly now: () => number,
  ) {
    const least = (members: readonly Member[]) => Math.min(2, members.length);
    this.#least = { api: least(cluster.apis), worker: least(cluster.workers) };
  }

  /** Begins one fault; those of one server come one after the other. */
  begin(fault: PlannedFault): void {
    this.#follow(fault.kind, this.#run(fault));
  }

  /** Resolves when every fault is over and all processes are there again. */
  async heal(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    await this.#insist(() => this.cluster.restore());
  }

  /** Notes every process that is gone though nobody ended it. */
  findDead(): void {
    for (const name of this.cluster.died) {
      if (this.processes.some((noted) => noted.name === name)) continue;
      this.processes.push({ name, problem: 'died', detail: `found dead ${Math.round(this.now())} ms in` });
    }
  }

  #run({ kind, target, forMs }: PlannedFault): Promise<void> {
    const { cluster, narrator } = this;
    switch (kind) {
      case 'kill-worker':
        return this.#kill(kind, 'worker', target);
      case 'kill-api':
        return this.#kill(kind, 'api', target);
      case 'restart-worker':
        return this.#restart(kind, 'worker', target);
      case 'restart-api':
        return this.#restart(kind, 'api', target);
      case 'pause-worker':
        return this.#pause(kind, 'worker', target, forMs);
      case 'pause-api':
        return this.#pause(kind, 'api', target, forMs);
      case 'cut-redis':
        return this.#note(kind, 'all lines', () => {
          for (const { redis } of this.cluster.members) redis.cut();
        });
      case 'restart-redis':
        return this.#onRedis(kind, () => this.#restartRedis('with its data'));
      case 'empty-redis':
        return this.#onRedis(kind, () => this.#restartRedis('without its data'));
      case 'refuse-redis':
        return this.#onRedis(kind, () => this.#refuseRedis(forMs));
      case 'restart-postgres':
        return this.#postgres.take(() => this.#note(kind, 'PostgreSQL', () => cluster.crashPostgres()));
      case 'provider-refuses':
        return this.#note(kind, `new calls for ${forMs} ms`, () => narrator.refuse(forMs));
      case 'provider-cuts':
        return this.#disturb(kind, 'cut');
      case 'provider-stalls':
        return this.#disturb(kind, 'stalled');
      case 'provider-garbles':
        return this.#disturb(kind, 'garbled');
      default:
        return kind satisfies never;
    }
  }

  #follow(kind: FaultKind, fault: Promise<void>): void {
    const followed = fault.catch((error: unknown) => {
      // A fault that could not be had is no fault of the product's; it is told all the same.
      this.faults.push({ kind, target: `failed: ${String(error)}`, beganMs: this.now() });
    });
    this.#underWay.add(followed);
    void followed.then(() => this.#underWay.delete(followed));
  }

  async #note(kind: FaultKind, target: string, work: () => unknown): Promise<void> {
    const record: FaultRecord = { kind, target, beganMs: this.now() };
    this.faults.push(record);
    await work();
    record.endedMs = this.now();
  }

  /** Nobody is killed who is the last of a role: another one has to be there to go on. */
  #kill(kind: FaultKind, role: Role, target: number): Promise<void> {
    return this.#away[role].take(async () => {
      const member = await this.#dispensable(role, target);
      await this.#note(kind, member.name, () => member.kill());
      this.#follow(kind, this.#replace(role));
    });
  }

  async #replace(role: Role): Promise<void> {
    await delay(ABSENCE_MS);
    await this.#insist(() => this.cluster.add(role));
  }

  /** As a rolling deploy does it: the new one first. */
  #restart(kind: FaultKind, role: Role, target: number): Promise<void> {
    return this.#away[role].take(async () => {
      await this.#insist(() => this.cluster.add(role));
      const member = await this.#dispensable(role, target);
      this.#follow(
        kind,
        this.#note(kind, member.name, () => this.#terminate(member)),
      );
    });
  }

  #dispensable(role: Role, target: number): Promise<Member> {
    return eventually(`there is a ${role} that can be spared`, () => {
      const members = this.#membersOf(role);
      return members.length < this.#least[role] ? undefined : memberAt(members, target);
    });
  }

  async #terminate(member: Member): Promise<void> {
    const told = this.now();
    const code = await member.terminate();
    const tookMs = Math.round(this.now() - told);
    if (code === 0 && tookMs <= LONGEST_EXIT_MS) return;
    const detail = `exit code ${code} after ${tookMs} ms`;
    this.processes.push({ name: member.name, problem: 'ended-badly', detail });
  }

  async #pause(kind: FaultKind, role: Role, target: number, forMs: number): Promise<void> {
    const member = memberAt(this.#membersOf(role), target);
    if (!member || this.#paused.has(member.pid)) return;
    this.#paused.add(member.pid);
    await this.#note(kind, `${member.name} for ${forMs} ms`, async () => {
      this.cluster.signal(member, 'SIGSTOP');
      await delay(forMs);
      this.#paused.delete(member.pid);
      // Whoever was told to end while it slept has to wake up for it.
      if (member.isRunning()) this.cluster.signal(member, 'SIGCONT');
    });
  }

  #onRedis(kind: FaultKind, work: () => Promise<void>): Promise<void> {
    return this.#redis.take(() => this.#note(kind, 'Redis', work));
  }

  async #restartRedis(how: 'with its data' | 'without its data'): Promise<void> {
    await this.cluster.redis.kill();
    if (how === 'without its data') await this.cluster.redis.loseData();
    await this.cluster.redis.startAgain();
  }

  async #refuseRedis(forMs: number): Promise<void> {
    const refused = this.cluster.members;
    await Promise.all(refused.map(({ redis }) => redis.refuse()));
    await delay(forMs);
    const still = refused.filter((member) => this.cluster.members.includes(member));
    await Promise.all(still.map(({ redis }) => redis.resume()));
  }

  #disturb(kind: FaultKind, mishap: 'cut' | 'stalled' | 'garbled'): Promise<void> {
    const hit = this.narrator.disturb(mishap);
    return this.#note(kind, `${hit} calls`, () => undefined);
  }

  #membersOf(role: Role): readonly Member[] {
    return role === 'api' ? this.cluster.apis : this.cluster.workers;
  }

  /** A start that meets a server in its fall is tried again. */
  async #insist(work: () => Promise<unknown>): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await work();
        return;
      } catch (error) {
        if (tries === ADDING_TRIES) throw error;
        await delay(ABSENCE_MS);
      }
    }
  }
}

function memberAt(members: readonly Member[], target: number): Member | undefined {
  return members[Math.floor(target * members.length)];
}
