import type { Request } from 'express';
import type { Credential } from '../accounts/doorkeeper.service.js';
import { signInSecret } from './sign-in-cookie.js';

/** `Authorization: Bearer …` (RFC 6750). Other schemes are a proxy's business. */
const BEARER = /^Bearer(?: +(.*))?$/i;

/** What a request shows of itself, over either transport. A token in its header counts, whatever cookie comes along. */
export function credentialOf(req: Request): Credential | undefined {
  const bearer = BEARER.exec(req.headers.authorization ?? '');
  if (bearer) return { type: 'api-token', secret: bearer[1] ?? '' };
  const secret = signInSecret(req);
  return secret === undefined ? undefined : { type: 'sign-in', secret };
}
