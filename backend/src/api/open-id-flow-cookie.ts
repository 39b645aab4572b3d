import type { Request, Response } from 'express';
import type { OpenIdFlow } from '../accounts/open-id-connect.js';
import { cookieOf } from './cookie-of.js';

const COOKIE = 'rivulet_open_id';
/** Where a browser goes that is to sign in with the provider. */
export const OPEN_ID_PATH = '/auth/oidc';
/** How long somebody may be at the provider's. */
const TTL_MS = 10 * 60 * 1000;

/**
 * Gives the browser what it has to bring back. Lax, because it comes back from another site; the provider's answer
 * counts only in the browser that asked, which is what keeps others from signing it in as themselves.
 */
export function setFlowCookie(req: Request, res: Response, { state, nonce, codeVerifier }: OpenIdFlow): void {
  res.cookie(COOKIE, [state, nonce, codeVerifier].join('.'), {
    ...{ httpOnly: true, sameSite: 'lax', secure: req.secure, path: OPEN_ID_PATH, maxAge: TTL_MS },
  });
}

/** What the browser brings back, once. */
export function takeFlowCookie(req: Request, res: Response): OpenIdFlow | undefined {
  const [state, nonce, codeVerifier] = cookieOf(req, COOKIE)?.split('.') ?? [];
  res.clearCookie(COOKIE, { httpOnly: true, sameSite: 'lax', path: OPEN_ID_PATH });
  return state && nonce && codeVerifier ? { state, nonce, codeVerifier } : undefined;
}
