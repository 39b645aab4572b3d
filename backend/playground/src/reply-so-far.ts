import type { ExecutionResult } from 'graphql';

/** The text of a reply, joined from its events. */
export interface ReplySoFar {
  readonly events: number;
  readonly lastSequence?: number;
  readonly reasoning: string;
  readonly content: string;
  /** The last event's type, once it came. */
  readonly ended?: 'DoneEvent' | 'ErrorEvent';
}

export const NOTHING_YET: ReplySoFar = { events: 0, reasoning: '', content: '' };

/** The event's fields as far as the document selects them. */
interface SelectedEvent {
  readonly __typename?: string;
  readonly sequence?: number;
  readonly content?: string;
}

/** Takes one more result in. Relies on `__typename`: without it, all text counts as content. */
export function withResult(reply: ReplySoFar, result: ExecutionResult): ReplySoFar {
  const [event = {}] = Object.values(result.data ?? {}) as SelectedEvent[];
  const counted = {
    ...reply,
    events: reply.events + 1,
    ...(event.sequence !== undefined && { lastSequence: event.sequence }),
  };
  const text = event.content ?? '';
  switch (event.__typename) {
    case 'ReasoningEvent':
      return { ...counted, reasoning: reply.reasoning + text };
    case 'RestartEvent':
      return { ...counted, reasoning: '', content: '' };
    case 'DoneEvent':
    case 'ErrorEvent':
      return { ...counted, ended: event.__typename };
    default:
      return { ...counted, content: reply.content + text };
  }
}
