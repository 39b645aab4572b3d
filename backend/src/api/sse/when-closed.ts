import type { Response } from 'express';

/** Calls back when the response has closed, also where it had before: its client may leave at any time. */
export function whenClosed(res: Response, callBack: () => void): void {
  if (res.destroyed) callBack();
  else res.once('close', callBack);
}
