import { isFinal } from '../../faults/history.js';
import type { StreamedEvent } from '../../support/api-client.js';
import type { ReaderTrace } from '../run-record.js';

/** As many numbers belong to each attempt (docs/decisions/001). */
const NUMBERS_PER_ATTEMPT = 2 ** 24;

/** What a reader was told between two restarts. */
export interface Segment {
  readonly text: string;
  /** The attempt that its numbers belong to; 0 where it has no text. */
  readonly attempt: number;
  /** How much text the reader had after the event with each number. */
  readonly lengths: ReadonlyMap<number, number>;
}

/** All that a reader was told, over all of its connections. */
export function eventsOf({ connections }: ReaderTrace): StreamedEvent[] {
  return connections.flatMap(({ events }) => events);
}

/** The texts of a reader, one for each time that it began; the last one is what it shows in the end. */
export function segmentsOf(trace: ReaderTrace): Segment[] {
  const segments: Segment[] = [];
  let text = '';
  let attempt = 0;
  let lengths = new Map<number, number>();
  for (const { __typename, sequence, content = '' } of eventsOf(trace)) {
    if (__typename === 'RestartEvent') {
      segments.push({ text, attempt, lengths });
      text = '';
      attempt = 0;
      lengths = new Map<number, number>();
    } else if (__typename === 'TokenEvent') {
      attempt ||= Math.floor((sequence - 1) / NUMBERS_PER_ATTEMPT) + 1;
      text += content;
      lengths.set(sequence, text.length);
    }
  }
  return [...segments, { text, attempt, lengths }];
}

/** What the reader shows in the end. */
export function shownText(trace: ReaderTrace): string {
  return segmentsOf(trace).at(-1)?.text ?? '';
}

/** The first event that said that it was over. */
export function finalOf(trace: ReaderTrace): StreamedEvent | undefined {
  return eventsOf(trace).find(isFinal);
}

/** How it ended, as this reader was told: a status, and a code where it failed. */
export function toldEnd(trace: ReaderTrace): string | undefined {
  const final = finalOf(trace);
  if (!final) return undefined;
  return final.__typename === 'ErrorEvent' ? `FAILED ${final.code}` : final.message?.status;
}
