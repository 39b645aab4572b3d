import type { StreamedEvent } from '../../support/api-client.js';
import { wordOf } from '../narrator.js';
import type { Connection, ProviderCall, RunRecord, SessionRow } from '../run-record.js';

/*
 * A run in which every promise was kept, small enough to be broken by hand: session `a` was begun by a worker that
 * died after two words, and made by another one; `b` asked the same at once and followed it. `c` was stopped.
 */

const WORDS = 6;
const SECOND_ATTEMPT = 2 ** 24;

/** What one may do to a copy of it. */
export type Open<T> = T extends object ? { -readonly [K in keyof T]: Open<T[K]> } : T;

function textOf(call: number, words: number): string {
  return wordsOf(call, words).join('');
}

function wordsOf(call: number, words: number): string[] {
  return Array.from({ length: words }, (_, index) => wordOf(call, index));
}

function tokens(words: readonly string[], before: number): StreamedEvent[] {
  return words.map((content, index) => ({
    __typename: 'TokenEvent',
    sequence: before + index + 1,
    content,
  }));
}

function done(sequence: number, status: string, content: string): StreamedEvent {
  const kept = { id: 'm', role: 'ASSISTANT', fromCache: false, errorCode: null, siblingIds: [] };
  return { __typename: 'DoneEvent', sequence, message: { ...kept, status, content } };
}

function connection(after: number, events: StreamedEvent[], ended: string): Connection {
  return { url: 'http://api', after, openedMs: 10, events, ended };
}

function row(id: string, prompt: string, reply: Pick<SessionRow, 'status' | 'content'>): SessionRow {
  const rest = { attempts: 1, handovers: 0, errorCode: null, idempotencyKey: `key ${id}` };
  return { id, prompt, sessionStatus: reply.status, ...rest, ...reply };
}

function call(number: number, prompt: string, words: number, outcome: ProviderCall['outcome']): ProviderCall {
  const text = textOf(number, words);
  return { number, prompt, caller: 'worker-1', beganMs: number, text, outcome, endedMs: 100 };
}

export function goodRun(): Open<RunRecord> {
  const whole = textOf(2, WORDS);
  const kept = { status: 'COMPLETE', content: whole, errorCode: null };
  const first = tokens(wordsOf(1, 2), 0);
  const restart = { __typename: 'RestartEvent', sequence: SECOND_ATTEMPT + 1, attempt: 2 };
  const second = [
    ...tokens(wordsOf(2, WORDS), SECOND_ATTEMPT + 1),
    done(SECOND_ATTEMPT + WORDS + 2, 'COMPLETE', whole),
  ];
  const followed = [...tokens(wordsOf(2, WORDS), 0), done(WORDS + 1, 'COMPLETE', whole)];
  const stopped = [...tokens(wordsOf(3, 2), 0), done(3, 'STOPPED', textOf(3, 2))];
  const steady = (events: StreamedEvent[]) => ({
    ...{ kind: 'steady', connections: [connection(0, events, 'final')], endedMs: 100 },
  });
  const roaming = {
    kind: 'roaming',
    connections: [
      connection(0, first, 'cut'),
      connection(2, [restart, ...second.slice(0, 3)], 'left'),
      connection(SECOND_ATTEMPT + 4, second.slice(3), 'final'),
    ],
    endedMs: 110,
  };
  const base = { story: 'shared', askedMs: 0, fresh: false };
  const late = { ...steady([restart, ...second]), kind: 'late' };
  const run: RunRecord = {
    sessions: [
      { ...base, id: 'a', key: 'key a', prompt: 'same', readers: [roaming, late], saved: kept },
      { ...base, id: 'b', key: 'key b', prompt: 'same', readers: [steady(followed)], saved: kept },
      {
        ...{ ...base, id: 'c', key: 'key c', prompt: 'other', stopAskedMs: 50 },
        readers: [steady(stopped)],
        saved: { status: 'STOPPED', content: textOf(3, 2), errorCode: null },
      },
    ],
    calls: [
      ...[call(1, 'same', 2, 'closed'), call(2, 'same', WORDS, 'complete')],
      call(3, 'other', 4, 'closed'),
    ],
    rows: [
      { ...row('a', 'same', kept), attempts: 2 },
      row('b', 'same', kept),
      row('c', 'other', { status: 'STOPPED', content: textOf(3, 2) }),
    ],
    usage: [
      {
        ...{ userId: 'u1', counted: { messages: 3, tokens: 300 }, used: { messages: 3, tokens: 300 } },
        held: { replies: 0, tokens: 0 },
      },
    ],
    starts: ['a', 'b', 'c'].map((id) => ({ key: `key ${id}`, sessionIds: [id, id] })),
    faults: [],
    processes: [],
    refusals: [],
  };
  // Nothing in it may be the same object as anything else.
  return JSON.parse(JSON.stringify(run)) as Open<RunRecord>;
}
