import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { ImportedChat } from '../chat/imported-chat.js';

/** Writes a chat with its messages, in one transaction; or finds the one that it was before. */
export async function importChat(
  db: DataSource,
  userId: string,
  chat: ImportedChat,
): Promise<{ chatId: string; created: boolean }> {
  const ids = chat.messages.map(() => randomUUID());
  return db.transaction(async (manager) => {
    // Two imports of the same chats take turns.
    await manager.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
    const [known] = await manager.query<{ id: string }[]>(
      'SELECT id FROM chats WHERE "userId" = $1 AND (id::text = $2 OR "sourceId" = $2) LIMIT 1',
      [userId, chat.sourceId],
    );
    if (known) return { chatId: known.id, created: false };
    const [row] = await manager.query<[{ id: string }]>(
      `INSERT INTO chats ("userId", title, "modelId", "activeLeafId", "createdAt", "updatedAt", pinned, archived, "sourceId",
         "systemPrompt", temperature)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
      [
        ...[userId, chat.title, chat.messages.findLast(({ modelId }) => modelId)?.modelId ?? null],
        ...[
          ids[chat.activeMessage],
          chat.createdAt,
          chat.updatedAt,
          chat.pinned,
          chat.archived,
          chat.sourceId,
        ],
        ...[chat.systemPrompt, chat.temperature],
      ],
    );
    const rows = chat.messages.map(({ parent, ...message }, place) => ({
      ...message,
      id: ids[place],
      parentId: parent === null ? null : ids[parent],
    }));
    await manager.query(
      `INSERT INTO messages (id, "chatId", "parentId", role, content, reasoning, status, "modelId", "createdAt")
       SELECT m.id, $1, m."parentId", m.role, m.content, m.reasoning, 'COMPLETE', m."modelId", m."createdAt"
       FROM jsonb_to_recordset($2::jsonb) AS m (id uuid, "parentId" uuid, role text, content text, reasoning text,
         "modelId" text, "createdAt" timestamptz)`,
      [row.id, JSON.stringify(rows)],
    );
    return { chatId: row.id, created: true };
  });
}
