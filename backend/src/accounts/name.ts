import { AppError } from '../errors/app-error.js';

const MAX_LENGTH = 80;

/** A name of one line, for people and tokens; undefined where the text is none. */
export function possibleName(text: string): string | undefined {
  const name = text.trim();
  // No control characters, and no lone surrogates, which UTF-8 cannot say.
  const isName = name !== '' && name.length <= MAX_LENGTH && !/[\p{Cc}\p{Cs}]/u.test(name);
  return isName ? name : undefined;
}

/** As `possibleName`; VALIDATION_FAILED where the text is none. */
export function nameOf(text: string): string {
  const name = possibleName(text);
  if (name !== undefined) return name;
  throw new AppError('VALIDATION_FAILED', `A name has 1 to ${MAX_LENGTH} characters on one line.`);
}

/** What people are called until they say otherwise. */
export function nameBefore(email: string): string {
  return email.slice(0, email.indexOf('@')).slice(0, MAX_LENGTH).toWellFormed();
}
