import type { Request } from 'express';

/** The value of a request's cookie; undefined where it has none. */
export function cookieOf(req: Request, cookie: string): string | undefined {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === cookie && value) return value;
  }
  return undefined;
}
