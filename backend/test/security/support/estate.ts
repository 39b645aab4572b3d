import { randomUUID } from 'node:crypto';
import type { ApiClient, Session } from '../../support/api-client.js';

/** What somebody owns, by what it is: all that has an id. */
export interface Estate {
  readonly ids: Readonly<Record<string, string>>;
  /** Words that stand in it and nowhere else. */
  readonly words: readonly string[];
}

/** Whose ids the types of the schema have: `owned` ones are in an `Estate`, `public` ones are everybody's. */
export const ID_OWNERS: Readonly<Record<string, 'owned' | 'public'>> = {
  User: 'owned',
  Account: 'owned',
  Chat: 'owned',
  ChatSession: 'owned',
  Message: 'owned',
  ApiToken: 'owned',
  Attachment: 'owned',
  Model: 'public',
  Plan: 'public',
};

/**
 * Gives somebody a chat with a file and a reply that failed on its way, so that it can go on as well, and an API token.
 */
export async function furnish(client: ApiClient): Promise<Estate> {
  const word = `word-${randomUUID()}`;
  const attachment = await client.upload(`file-${word}`, 'text/plain', `text-${word}`);
  const attachmentIds = [attachment.id];
  const session = await client.start(word, 'openai/fault-overload-midway', { attachmentIds });
  await client.allEvents(session.id);
  const token = await client.createToken({ name: `name-${word}` });
  const { viewer } = await client.data<{ viewer: { id: string } }>('{ viewer { id } }');
  return {
    ids: { user: viewer.id, apiToken: token.id, attachment: attachment.id, ...idsOf(session) },
    words: [word, token.secret, `name-${word}`, `file-${word}`],
  };
}

/** The ids of a session and of all that belongs to it, each by its name with `prefix` before it. */
export function idsOf(session: Session, prefix = ''): Record<string, string> {
  return {
    [`${prefix}chat`]: session.chat.id,
    [`${prefix}session`]: session.id,
    [`${prefix}userMessage`]: session.userMessage.id,
    [`${prefix}assistantMessage`]: session.assistantMessage.id,
  };
}
