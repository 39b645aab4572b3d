import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  ChatChangeRepository,
  type ChatRevision,
  type ChatChanges,
  type ChatFollower,
} from '../chat/chat-changes.js';
import type { ChatEntity } from './entities/chat.entity.js';
import { PreparedStatement } from './prepared-statement.js';
import { CHAT_COLUMNS, chatOf } from './rows.js';

type ChangeRow = { readonly knownUpTo: string; readonly at: number } & (
  { readonly index: null } | (ChatEntity & { readonly index: number; readonly deleted: boolean })
);

/**
 * `$1`: the users, `$2`: what each knows. Whoever has seen all before the oldest transaction that still runs misses
 * nothing that is committed later. https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT
 */
const CHANGES = new PreparedStatement<ChangeRow>(
  'chat-changes',
  `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS "knownUpTo", extract(epoch FROM now())::float8 AS at, c.*
   FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
     SELECT f.place::int - 1 AS index, c."changedBy", c."userId" IS NULL AS deleted, ${CHAT_COLUMNS}
     FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS f ("userId", after, place)
     JOIN chats c ON (c."userId" = f."userId" OR c."deletedBy" = f."userId") AND c."changedBy" >= f.after
   ) c ON true
   ORDER BY c."changedBy"`,
);

/** Changes of chats, by the transactions that made them. */
@Injectable()
export class PostgresChatChangeRepository extends ChatChangeRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  async since(followers: readonly ChatFollower[]): Promise<ChatChanges> {
    const rows = await CHANGES.run(this.db, [
      followers.map(({ userId }) => userId),
      followers.map(({ after }) => after?.toString() ?? null),
    ]);
    const changes: ChatRevision[][] = followers.map(() => []);
    for (const row of rows) if (row.index !== null) changes[row.index]?.push(changeOf(row));
    const [first] = rows;
    return { knownUpTo: BigInt(first?.knownUpTo ?? 0), at: first?.at ?? 0, changes };
  }
}

function changeOf(row: ChatEntity & { readonly deleted: boolean }): ChatRevision {
  const revision = BigInt(row.changedBy);
  return row.deleted
    ? { type: 'deleted', chatId: row.id, revision }
    : { type: 'changed', chat: chatOf(row), revision };
}
