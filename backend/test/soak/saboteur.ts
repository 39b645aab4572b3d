import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from '../faults/cluster.js';
import type { Member } from '../faults/member.js';
import type { FaultKind, PlannedFault } from './fault-plan.js';
import type { Narrator } from './narrator.js';
import type { FaultRecord, ProcessRecord } from './run-record.js';
import { Turns } from './turns.js';

type Role = Member['role'];

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
  readonly #restored = new Turns();

  constructor(
    private readonly cluster: Cluster,
    private readonly narrator: Narrator,
    private readonly now: () => number,
  ) {}

  /** Begins one fault; those of one server come one after the other. */
  begin(fault: PlannedFault): void {
    this.#follow(fault.kind, this.#run(fault));
  }

  /** Resolves when every fault is over and all processes are there again. */
  async heal(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    await this.#restore();
  }

  /** Notes every process that is gone though nobody ended it. */
  findDead(): void {
    for (const member of this.#members()) {
      const { name } = member;
      if (isThere(member) || this.processes.some((noted) => noted.name === name)) continue;
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
          for (const { redis } of this.#members()) redis.cut();
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

  /** Nobody is killed before whoever was killed last has been replaced. */
  #kill(kind: FaultKind, role: Role, target: number): Promise<void> {
    return this.#away[role].take(async () => {
      const member = memberAt(this.#membersOf(role), target);
      if (!member) return;
      await this.#note(kind, member.name, () => member.kill());
      await delay(ABSENCE_MS);
      await this.#restore();
    });
  }

  /** As a rolling deploy does it: the new one first. */
  #restart(kind: FaultKind, role: Role, target: number): Promise<void> {
    return this.#away[role].take(async () => {
      await this.#insist(() => this.cluster.add(role));
      const member = memberAt(this.#membersOf(role), target);
      if (member)
        this.#follow(
          kind,
          this.#note(kind, member.name, () => this.#terminate(member)),
        );
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
      if (isThere(member)) this.cluster.signal(member, 'SIGCONT');
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
    const refused = this.#members();
    await Promise.all(refused.map(({ redis }) => redis.refuse()));
    await delay(forMs);
    const still = refused.filter((member) => this.#members().includes(member));
    await Promise.all(still.map(({ redis }) => redis.resume()));
  }

  #disturb(kind: FaultKind, mishap: 'cut' | 'stalled' | 'garbled'): Promise<void> {
    const hit = this.narrator.disturb(mishap);
    return this.#note(kind, `${hit} calls`, () => undefined);
  }

  #membersOf(role: Role): readonly Member[] {
    return role === 'api' ? this.cluster.apis : this.cluster.workers;
  }

  #members(): readonly Member[] {
    return [...this.cluster.apis, ...this.cluster.workers];
  }

  /** As many processes as at the start; a start that meets a server in its fall is tried again. */
  async #restore(): Promise<void> {
    // One after the other: two at once would both replace the same process.
    await this.#restored.take(() => this.#insist(() => this.cluster.restore()));
  }

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

function isThere({ pid }: Member): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
