import { isFinal } from '../../faults/history.js';
import type { ReaderTrace } from '../run-record.js';
import { closest, difference } from './excerpt.js';
import { eventsOf, finalOf, segmentsOf } from './reading.js';
import type { Case } from './sessions.js';
import type { Violation } from './violation.js';

/** What each reader by itself was promised. */
export function checkReaders({ session, calls }: Case): Violation[] {
  const sent = calls.map(({ text }) => text);
  return session.readers.flatMap((trace, index) =>
    [...orderOf(trace), ...endOf(trace), ...textsOf(trace, sent)].map(({ name, detail }) => ({
      ...{ name, sessionId: session.id },
      detail: `reader ${index} (${trace.kind}): ${detail}`,
    })),
  );
}

/** Numbers rise, over all connections; so no event comes twice or in a wrong place. */
function orderOf(trace: ReaderTrace): Violation[] {
  const events = eventsOf(trace);
  return events.flatMap(({ sequence, __typename }, index): Violation[] => {
    const before = events[index - 1]?.sequence ?? 0;
    if (sequence > before) return [];
    return [{ name: 'number-not-rising', detail: `${__typename} ${sequence} came after ${before}` }];
  });
}

/** One final event, and nothing after it. */
function endOf(trace: ReaderTrace): Violation[] {
  const events = eventsOf(trace);
  const refused = trace.connections.at(-1);
  if (!finalOf(trace)) {
    const known = ['cut', 'left', 'final'].includes(refused?.ended ?? 'cut');
    return known
      ? [{ name: 'reader-never-told-the-end', detail: `${events.length} events` }]
      : [{ name: 'reader-refused', detail: `${refused?.ended} after ${refused?.after}` }];
  }
  const after = events.slice(events.findIndex(isFinal) + 1);
  return after.map(({ __typename, sequence }) => ({
    name: 'event-after-end',
    detail: `${__typename} ${sequence}`,
  }));
}

/** Every text that was shown, also one that a restart took back, is the beginning of what one call sent. */
function textsOf(trace: ReaderTrace, sent: readonly string[]): Violation[] {
  return segmentsOf(trace).flatMap(({ text, attempt }): Violation[] => {
    if (text === '' || sent.some((whole) => whole.startsWith(text))) return [];
    const where = difference(text, closest(text, sent));
    return [{ name: 'text-not-sent', detail: `attempt ${attempt}, shown against sent ${where}` }];
  });
}
