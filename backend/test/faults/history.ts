import { textOf, type HistoryMessage, type StreamedEvent } from '../support/api-client.js';

/** What one reader was told of one reply, and what became of it. */
export interface History {
  readonly events: readonly StreamedEvent[];
  /** The reply as the chat's history has it afterwards. */
  readonly saved: HistoryMessage;
  /** What the provider sent in the attempt that counts; left out where that is another test's matter. */
  readonly sent?: string;
}

const FINAL = new Set(['DoneEvent', 'ErrorEvent']);

export function isFinal({ __typename }: StreamedEvent): boolean {
  return FINAL.has(__typename);
}

/** Every promise of a stream that this history breaks, in words; none where all is well. */
export function violations({ events, saved, sent }: History): string[] {
  return [
    ...orderOf(events),
    ...attemptsOf(events),
    ...endOf(events, saved),
    ...textsOf(textOf(events), saved, sent),
  ];
}

/** Numbers rise strictly, which also says that each event came once. */
function orderOf(events: readonly StreamedEvent[]): string[] {
  return events.flatMap(({ sequence }, index) => {
    const before = events[index - 1]?.sequence ?? 0;
    return sequence > before ? [] : [`event ${sequence} came after event ${before}`];
  });
}

function attemptsOf(events: readonly StreamedEvent[]): string[] {
  const attempts = events.flatMap(({ attempt }) => attempt ?? []);
  return attempts.flatMap((attempt, index) => {
    const before = attempts[index - 1] ?? 1;
    return attempt > before ? [] : [`attempt ${attempt} began after attempt ${before}`];
  });
}

function endOf(events: readonly StreamedEvent[], saved: HistoryMessage): string[] {
  const finals = events.filter(isFinal);
  const last = events.at(-1);
  if (finals.length !== 1 || !last || !isFinal(last)) {
    return [`${finals.length} final events among ${events.length}, the last one is ${last?.__typename}`];
  }
  if (last.__typename === 'ErrorEvent') {
    const told = `FAILED ${last.code}`;
    const kept = `${saved.status} ${saved.errorCode}`;
    return told === kept ? [] : [`readers were told ${told}, saved is ${kept}`];
  }
  const ended = saved.status === 'COMPLETE' || saved.status === 'STOPPED';
  return [
    ...(ended ? [] : [`readers were told that it is done, saved is ${saved.status}`]),
    ...(last.message?.status === saved.status ? [] : [`told ${last.message?.status}, saved ${saved.status}`]),
  ];
}

function textsOf(shown: string, saved: HistoryMessage, sent: string | undefined): string[] {
  return [
    ...(shown === saved.content ? [] : [`shown is ${excerpt(shown)}, saved is ${excerpt(saved.content)}`]),
    ...(sent === undefined || sent === saved.content
      ? []
      : [`sent was ${excerpt(sent)}, saved is ${excerpt(saved.content)}`]),
  ];
}

function excerpt(text: string): string {
  const quoted = JSON.stringify(text);
  return quoted.length > 200 ? `${quoted.slice(0, 100)}…${quoted.slice(-80)} (${text.length})` : quoted;
}
