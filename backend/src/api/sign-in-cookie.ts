import type { Request, Response } from 'express';
import { SIGN_IN_TTL_SECONDS } from '../accounts/sign-ins.service.js';
import { cookieOf } from './cookie-of.js';

const COOKIE = 'rivulet_sign_in';

/** The secret in a request's cookie, if any. */
export function signInSecret(req: Request): string | undefined {
  return cookieOf(req, COOKIE);
}

/**
 * Signs the browser in. Scripts cannot read the cookie, other sites cannot send it with a POST (SameSite=Lax), and
 * behind TLS it never travels in the clear.
 */
export function setSignInCookie(req: Request, res: Response, secret: string): void {
  res.cookie(COOKIE, secret, {
    httpOnly: true,
    sameSite: 'lax',
    secure: req.secure,
    path: '/',
    maxAge: SIGN_IN_TTL_SECONDS * 1000,
  });
}

export function clearSignInCookie(res: Response): void {
  res.clearCookie(COOKIE, { httpOnly: true, sameSite: 'lax', path: '/' });
}
