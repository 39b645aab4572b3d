import type { ProviderCall, SavedReply, SessionRow } from '../run-record.js';
import { closest, difference } from './excerpt.js';
import { finalOf, shownText, toldEnd } from './reading.js';
import type { Case } from './sessions.js';
import type { Violation, ViolationName } from './violation.js';

/** Calls that the provider itself brought to a bad end. */
export const BROKEN = ['refused', 'cut', 'stalled', 'garbled'];
/** A reply is given up when so many attempts have failed. */
const MAX_FAILED_ATTEMPTS = 3;

/** What is saved is what was shown and told, and what the provider sent; and it ended for a reason. */
export function checkSaved({ session, row, same, calls }: Case): Violation[] {
  const violation = (name: ViolationName, detail: string): Violation => ({
    ...{ name, detail, sessionId: session.id },
  });
  if (!row) return [violation('not-in-history', 'there is no such session in the database')];
  const told = session.readers.filter((trace) => finalOf(trace) !== undefined);
  const wrong: Violation[] = told.flatMap((trace, index) => [
    ...(toldEnd(trace) === endOf(row)
      ? []
      : [violation('told-is-not-saved', `${toldEnd(trace)}, ${endOf(row)}`)]),
    ...[shownText(trace), finalOf(trace)?.message?.content ?? row.content]
      .filter((text) => text !== row.content)
      .map((text) =>
        violation('shown-is-not-saved', `reader ${index} (${trace.kind}) ${difference(text, row.content)}`),
      ),
  ]);
  if (!session.saved) wrong.push(violation('not-in-history', 'the chat does not have the reply'));
  else if (endOf(session.saved) !== endOf(row) || session.saved.content !== row.content) {
    const detail = `from ${endOf(session.saved)} to ${endOf(row)}, ${difference(session.saved.content, row.content)}`;
    wrong.push(violation('saved-changed', detail));
  }
  if (!wasSent(row, calls)) {
    const sent = closest(
      row.content,
      calls.map(({ text }) => text),
    );
    wrong.push(violation('saved-is-not-sent', `${row.status} ${difference(row.content, sent)}`));
  }
  if (row.status === 'STOPPED' && session.stopAskedMs === undefined) {
    wrong.push(violation('stopped-unasked', 'nobody asked to stop it'));
  }
  if (row.status === 'FAILED' && !hasCause(row.errorCode, same, calls)) {
    wrong.push(violation('failed-without-cause', `${row.errorCode} after ${row.attempts} attempts`));
  }
  return wrong;
}

function endOf({ status, errorCode }: SavedReply): string {
  return status === 'FAILED' ? `FAILED ${errorCode}` : status;
}

/** Whole where it is complete, else the beginning of one call's text. */
function wasSent({ status, content }: SavedReply, calls: readonly ProviderCall[]): boolean {
  if (status === 'COMPLETE') {
    return calls.some(({ outcome, text }) => outcome === 'complete' && text === content);
  }
  return content === '' || calls.some(({ text }) => text.startsWith(content));
}

function hasCause(code: string | null, same: readonly SessionRow[], calls: readonly ProviderCall[]): boolean {
  if (code === 'INTERNAL') {
    return same.some(({ attempts, handovers }) => attempts - handovers > MAX_FAILED_ATTEMPTS);
  }
  return code?.startsWith('PROVIDER_') === true && calls.some(({ outcome }) => BROKEN.includes(outcome));
}
