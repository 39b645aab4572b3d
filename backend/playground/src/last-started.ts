/** The ids of the session that was started last in this page. */
export interface StartedSession {
  readonly sessionId: string;
  readonly chatId?: string;
}

/** Finds `{ session { id, chat { id } } }` below any field of a result, whatever the field is called. */
export function startedSession(data: unknown): StartedSession | undefined {
  for (const payload of Object.values(asRecord(data))) {
    const { id, chat } = asRecord(asRecord(payload)['session']);
    if (typeof id !== 'string') continue;
    const chatId = asRecord(chat)['id'];
    return { sessionId: id, ...(typeof chatId === 'string' && { chatId }) };
  }
  return undefined;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
