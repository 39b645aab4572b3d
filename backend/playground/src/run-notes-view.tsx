import { type ReactElement, useSyncExternalStore } from 'react';
import type { ReplySoFar } from './reply-so-far.js';
import type { RunNotes } from './run-notes.js';

/** Below the result: what the page filled in, and the reply's text as it grows. */
export function RunNotesView({ notes }: { readonly notes: RunNotes }): ReactElement | null {
  const { filled, reply } = useSyncExternalStore(notes.subscribe, notes.current);
  const values = Object.entries(filled);
  if (values.length === 0 && !reply) return null;
  return (
    <section className="run-notes" aria-label="About this run">
      {values.length > 0 && (
        <p className="run-notes-line">
          Filled in by this page:{' '}
          {values.map(([name, value]) => (
            <code key={name}>
              ${name} = {JSON.stringify(value)}
            </code>
          ))}
        </p>
      )}
      {reply && (
        <>
          <p className="run-notes-line">{summaryOf(reply)}</p>
          <div className="run-notes-reply">
            <div>
              {reply.reasoning && <p className="run-notes-text run-notes-reasoning">{reply.reasoning}</p>}
              {reply.content && <p className="run-notes-text">{reply.content}</p>}
            </div>
          </div>
        </>
      )}
    </section>
  );
}

function summaryOf({ events, lastSequence, ended }: ReplySoFar): string {
  const facts = [
    `Text joined by this page from ${events} ${events === 1 ? 'event' : 'events'}`,
    ...(lastSequence === undefined ? [] : [`last sequence ${lastSequence}`]),
    ...(ended ? [`ended with ${ended}`] : []),
  ];
  return facts.join(' · ');
}
