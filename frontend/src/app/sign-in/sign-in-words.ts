import { counted } from '../browser/counted';
import type { Failure } from '../graphql/failure';
import { plainSentence } from '../graphql/plain-sentence';
import { inNumber } from '../languages/in-number';
import type { SignInFailure } from './sign-in-store';

/** Why an identity provider's way in led back here, by the code in the address. */
const PROBLEMS = new Map<string, (name: string) => string>([
  ['cancelled', (name) => $localize`Signing in with ${name}:name: was cancelled.`],
  [
    'expired',
    (name) => $localize`Signing in with ${name}:name: took too long, or began in another browser. Try again.`,
  ],
  [
    'provider-unavailable',
    (name) => $localize`Signing in with ${name}:name: is not possible now. Try again later, or another way.`,
  ],
  [
    'email-taken',
    (name) =>
      $localize`Your email address has an account here already. Sign in with its password; ${name}:name: can be connected in the settings.`,
  ],
  [
    'email-missing',
    (name) =>
      $localize`Signing in with ${name}:name: needs your email address. Allow it there, or sign in another way.`,
  ],
  [
    'email-unverified',
    (name) => $localize`Signing in with ${name}:name: needs an email address that is confirmed there.`,
  ],
]);

/** What the address says that went wrong; `null`: nothing. */
export function problemSentence(code: string | null, name = $localize`the identity provider`): string | null {
  if (!code) return null;
  return PROBLEMS.get(code)?.(name) ?? $localize`Signing in with ${name}:name: did not work. Try again.`;
}

/** What a failed attempt means for who made it. */
export function failureSentence({ tried, failure }: SignInFailure): string {
  switch (failure.code) {
    case 'UNAUTHENTICATED':
      return $localize`This email address and password do not belong together.`;
    case 'CONFLICT':
      return $localize`There is an account with this email address already.`;
    case 'FORBIDDEN':
      return tried === 'guest'
        ? $localize`Guests are not allowed here.`
        : $localize`New accounts are not open here.`;
    case 'RATE_LIMITED':
      return $localize`Too many attempts. ${waiting(failure)}:again:`;
    case 'VALIDATION_FAILED':
      return $localize`The server did not accept this: ${failure.message}:message:`;
    default:
      return plainSentence(failure);
  }
}

function waiting({ facts }: Failure): string {
  const seconds = Math.ceil((facts.retryAfterMs ?? 60_000) / 1000);
  if (seconds < 90)
    return inNumber(seconds, {
      one: $localize`Try again in a second.`,
      other: $localize`Try again in ${counted(seconds)}:count: seconds.`,
    });
  return $localize`Try again in ${counted(Math.ceil(seconds / 60))}:count: minutes.`;
}
