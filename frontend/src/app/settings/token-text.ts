import { day } from '../browser/day';
import type { ApiToken, CreatedToken, TokenScope } from './tokens-api';

/** A scope as the documentation and other services write it. */
export const SCOPE_NAMES: Record<TokenScope, string> = { CHAT_READ: 'chat:read', CHAT_WRITE: 'chat:write' };

/** Scopes and times of a token, in one line. */
export function tokenLine({ scopes, createdAt, expiresAt, lastUsedAt }: ApiToken, now: number): string {
  return [
    scopes.map((scope) => SCOPE_NAMES[scope]).join(', '),
    $localize`made on ${day(createdAt)}:day:`,
    lastUsedAt ? $localize`last used on ${day(lastUsedAt)}:day:` : $localize`never used`,
    end(expiresAt, now),
  ].join(' · ');
}

function end(expiresAt: string | null, now: number): string {
  if (!expiresAt) return $localize`does not end`;
  const when = day(expiresAt);
  return Date.parse(expiresAt) <= now ? $localize`ended on ${when}:day:` : $localize`ends on ${when}:day:`;
}

/** A line for a terminal that shows that the token works. */
export function curlLine({ token, secret }: CreatedToken, origin: string, modelId: string): string {
  const query = token.scopes.includes('CHAT_READ')
    ? '{ models { id available } }'
    : `mutation { startChatSession(input: { prompt: "Hello", modelId: "${modelId}" }) { session { id } } }`;
  return [
    `curl ${origin}/graphql`,
    `-H 'content-type: application/json'`,
    `-H 'authorization: Bearer ${secret}'`,
    `-d '${JSON.stringify({ query })}'`,
  ].join(' \\\n  ');
}
