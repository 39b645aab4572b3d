import { AppError } from '../errors/app-error.js';
import { RESTORABLE_SECONDS } from './chat.js';

/** Places are PostgreSQL's bigint: one beyond it would fail the look for everybody who is looked for with it. */
const PLACES_END = 2n ** 63n;
const CURSOR = /^(\d{1,20})-(\d{1,12})$/;

/** How old a cursor may be, in seconds, so that what was deleted since is still known. */
const MAX_AGE_SECONDS = RESTORABLE_SECONDS - 60;

/** What somebody knows of the changes of their chats. */
export interface KnownPlace {
  readonly knownUpTo: bigint;
  /** When they came to know it, in seconds since 1970. */
  readonly at: number;
}

/** The place in words, for readers. */
export function cursorOf({ knownUpTo, at }: KnownPlace): string {
  return `${knownUpTo}-${Math.floor(at)}`;
}

/** Whether more may have been deleted since than the database still knows. @param now by the clock that made the place. */
export function isTooOld({ at }: KnownPlace, now: number): boolean {
  return now - at > MAX_AGE_SECONDS;
}

/** Throws VALIDATION_FAILED. */
export function placeOfCursor(cursor: string): KnownPlace {
  const [, place, at] = CURSOR.exec(cursor) ?? [];
  const knownUpTo = BigInt(place ?? 0);
  if (place === undefined || knownUpTo >= PLACES_END) {
    throw new AppError('VALIDATION_FAILED', 'after is no cursor of this list.');
  }
  return { knownUpTo, at: Number(at) };
}
