import type { StreamedEvent } from '../support/api-client.js';
import type { FaultKind } from './fault-plan.js';

/*
 * What a soak writes down while it runs, and all that its checker knows. Times are milliseconds since the load began;
 * clients, provider and faults have one clock, for they run in one process.
 */

/** How the provider's side of a call ended. Those before `open` were its own doing. */
export type CallOutcome = 'refused' | 'cut' | 'stalled' | 'garbled' | 'open' | 'complete' | 'closed';

/** One request to the provider, as the provider has it. */
export interface ProviderCall {
  readonly number: number;
  readonly prompt: string;
  /** The process that asked, where its key tells. */
  readonly caller: string;
  readonly beganMs: number;
  /** All text that was sent. */
  text: string;
  outcome: CallOutcome;
  endedMs?: number;
}

/** One stay of a reader with one API process. */
export interface Connection {
  readonly url: string;
  /** The cursor that it came with. */
  readonly after: number;
  readonly openedMs: number;
  readonly events: StreamedEvent[];
  /** `final`: told to the end; `left`: by itself; `cut`: by the other side; else a refusal's code. */
  ended: string;
}

/** Somebody who watched one reply, with all of their connections in order. */
export interface ReaderTrace {
  readonly kind: string;
  readonly connections: Connection[];
  endedMs?: number;
}

/** A reply as somebody read it. */
export interface SavedReply {
  readonly status: string;
  readonly content: string;
  readonly errorCode: string | null;
}

/** One session with everybody who watched it. */
export interface SessionRecord {
  readonly id: string;
  /** Who asked for it, and which of their questions it was. */
  readonly key: string;
  readonly story: string;
  readonly prompt: string;
  /** When it was first asked for. */
  readonly askedMs: number;
  /** Whether no earlier reply may answer it. */
  readonly fresh: boolean;
  readonly readers: ReaderTrace[];
  /** When somebody asked to stop it, if anybody did. */
  stopAskedMs?: number;
  /** As the chat's history had it, when the first reader had been told the end. */
  saved?: SavedReply;
}

/** A session as PostgreSQL has it after everything. */
export interface SessionRow extends SavedReply {
  readonly id: string;
  readonly prompt: string;
  readonly sessionStatus: string;
  readonly attempts: number;
  readonly handovers: number;
  readonly idempotencyKey: string | null;
}

/** What somebody has used in the end: as it was counted on the way, and as their sessions say. */
export interface UsageRecord {
  readonly userId: string;
  readonly counted: { readonly messages: number; readonly tokens: number };
  readonly used: { readonly messages: number; readonly tokens: number };
  /** What is still held for replies that are being written. */
  readonly held: { readonly replies: number; readonly tokens: number };
}

/** All answers to starts with one idempotency key. */
export interface StartRecord {
  readonly key: string;
  readonly sessionIds: readonly string[];
}

/** A fault that came, whatever became of it. */
export interface FaultRecord {
  readonly kind: FaultKind;
  readonly target: string;
  readonly beganMs: number;
  endedMs?: number;
}

/** Something about a process that nobody did to it. */
export interface ProcessRecord {
  readonly name: string;
  /** Died by itself, ended badly when it was told to end, or has something left when all is over. */
  readonly problem: 'died' | 'ended-badly' | 'left-something';
  readonly detail: string;
}

export interface RunRecord {
  readonly sessions: readonly SessionRecord[];
  readonly calls: readonly ProviderCall[];
  readonly rows: readonly SessionRow[];
  readonly usage: readonly UsageRecord[];
  readonly starts: readonly StartRecord[];
  readonly faults: readonly FaultRecord[];
  readonly processes: readonly ProcessRecord[];
  /** Refusals that no client should have met. */
  readonly refusals: readonly string[];
}
