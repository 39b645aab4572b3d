import { AppError } from '../errors/app-error.js';

const MIN_LENGTH = 10;
const MAX_LENGTH = 200;

/** A password as it is hashed: the same whichever way a keyboard composes its letters. */
export function passwordOf(text: string): string {
  return text.normalize('NFKC');
}

/** A new password, or VALIDATION_FAILED. */
export function newPassword(text: string): string {
  const password = passwordOf(text);
  const length = [...password].length;
  if (length < MIN_LENGTH || length > MAX_LENGTH) {
    throw new AppError('VALIDATION_FAILED', `A password has ${MIN_LENGTH} to ${MAX_LENGTH} characters.`);
  }
  return password;
}
