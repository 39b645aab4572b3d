import type { Failure } from './failure';

/** What may go wrong anywhere, in a sentence. Pages have words of their own for what is theirs. */
export function plainSentence({ code, message, facts }: Failure): string {
  switch (code) {
    case 'UNREACHABLE':
      return $localize`The server cannot be reached. Try again.`;
    case 'UNLOADED':
      return $localize`A part of the page could not be loaded.`;
    case 'UNAUTHENTICATED':
      return $localize`You are signed out.`;
    case 'FORBIDDEN':
      return $localize`This is not yours to change.`;
    case 'RATE_LIMITED':
      return $localize`A little slower, please. Try again in ${Math.ceil((facts.retryAfterMs ?? 10_000) / 1000)}:seconds: s.`;
    case 'NOT_FOUND':
      return $localize`This does not exist any more.`;
    case 'CONFLICT':
      return message;
    case 'VALIDATION_FAILED':
      return $localize`The server did not accept this: ${message}:message:`;
    default:
      return facts.reference
        ? $localize`Something broke on the server (reference ${facts.reference}:reference:). Try again.`
        : $localize`Something broke on the server. Try again.`;
  }
}
