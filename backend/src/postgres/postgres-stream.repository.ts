import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { StreamRepository, type StreamEnd, type StreamKey } from '../chat/stream-repository.js';
import { PreparedStatement } from './prepared-statement.js';

/** How long a session may be over before its streams are ended from here: those who wrote it tell its end better. */
const GRACE_SECONDS = 10;

/** `$1`: the hashes of sign-ins, `$2`: the ids of tokens, one of them each, `$3`: the sessions. Each is looked up by its key. */
const ENDED = new PreparedStatement<{ readonly index: number; readonly end: StreamEnd }>(
  'ended-streams',
  `SELECT o.place::int - 1 AS index, o."end" FROM (
     SELECT s.place, CASE
       WHEN s.token IS NULL AND NOT EXISTS (
         SELECT FROM sign_ins a WHERE a."tokenHash" = s."signIn" AND a."expiresAt" > now()) THEN 'access-over'
       WHEN s.token IS NOT NULL AND NOT EXISTS (
         SELECT FROM api_tokens a WHERE a.id = s.token AND (a."expiresAt" IS NULL OR a."expiresAt" > now()))
         THEN 'access-over'
       WHEN s.session IS NULL THEN ''
       ELSE coalesce((
         SELECT CASE WHEN c."expiresAt" < now() - make_interval(secs => ${GRACE_SECONDS}) THEN 'session-over' ELSE '' END
         FROM chat_sessions c WHERE c.id = s.session), 'session-gone')
     END AS "end"
     FROM unnest($1::bytea[], $2::uuid[], $3::uuid[]) WITH ORDINALITY AS s ("signIn", token, session, place)
   ) o WHERE o."end" <> ''`,
);

/** What streams stand on, in PostgreSQL. */
@Injectable()
export class PostgresStreamRepository extends StreamRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  override ended(streams: readonly StreamKey[]): Promise<{ index: number; end: StreamEnd }[]> {
    const signIns = streams.map(({ access }) =>
      access.type === 'sign-in' ? Buffer.from(access.id, 'hex') : null,
    );
    const tokens = streams.map(({ access }) => (access.type === 'api-token' ? access.id : null));
    return ENDED.run(this.db, [signIns, tokens, streams.map(({ sessionId }) => sessionId ?? null)]);
  }
}
