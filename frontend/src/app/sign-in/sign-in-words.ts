import type { Failure } from '../graphql/failure';
import { plainSentence } from '../graphql/plain-sentence';
import type { SignInFailure } from './sign-in-store';

/** Why an identity provider's way in led back here, by the code in the address. */
const PROBLEMS = new Map([
  ['cancelled', 'Signing in with {name} was cancelled.'],
  ['expired', 'Signing in with {name} took too long, or began in another browser. Try again.'],
  ['provider-unavailable', 'Signing in with {name} is not possible now. Try again later, or another way.'],
  [
    'email-taken',
    'Your email address has an account here already. Sign in with its password; {name} can be connected in the settings.',
  ],
  [
    'email-missing',
    'Signing in with {name} needs your email address. Allow it there, or sign in another way.',
  ],
  ['email-unverified', 'Signing in with {name} needs an email address that is confirmed there.'],
]);
const FAILED = 'Signing in with {name} did not work. Try again.';

/** What the address says that went wrong; `null`: nothing. */
export function problemSentence(code: string | null, name: string | undefined): string | null {
  if (!code) return null;
  return (PROBLEMS.get(code) ?? FAILED).replace('{name}', name ?? 'the identity provider');
}

/** What a failed attempt means for who made it. */
export function failureSentence({ tried, failure }: SignInFailure): string {
  switch (failure.code) {
    case 'UNAUTHENTICATED':
      return 'This email address and password do not belong together.';
    case 'CONFLICT':
      return 'There is an account with this email address already.';
    case 'FORBIDDEN':
      return tried === 'guest' ? 'Guests are not allowed here.' : 'New accounts are not open here.';
    case 'RATE_LIMITED':
      return `Too many attempts. ${waiting(failure)}`;
    case 'VALIDATION_FAILED':
      return `The server did not accept this: ${failure.message}`;
    default:
      return plainSentence(failure);
  }
}

function waiting({ facts }: Failure): string {
  const seconds = Math.ceil((facts.retryAfterMs ?? 60_000) / 1000);
  if (seconds < 90) return `Try again in ${seconds} seconds.`;
  return `Try again in ${Math.ceil(seconds / 60)} minutes.`;
}
