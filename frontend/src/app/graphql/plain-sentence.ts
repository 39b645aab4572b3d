import type { Failure } from './failure';

/** What may go wrong anywhere, in a sentence. Pages have words of their own for what is theirs. */
export function plainSentence({ code, message, facts }: Failure): string {
  switch (code) {
    case 'UNREACHABLE':
      return 'The server cannot be reached. Try again.';
    case 'UNAUTHENTICATED':
      return 'You are signed out.';
    case 'FORBIDDEN':
      return 'This is not yours to change.';
    case 'RATE_LIMITED':
      return `A little slower, please. Try again in ${Math.ceil((facts.retryAfterMs ?? 10_000) / 1000)} s.`;
    case 'NOT_FOUND':
      return 'This does not exist any more.';
    case 'CONFLICT':
      return message;
    case 'VALIDATION_FAILED':
      return `The server did not accept this: ${message}`;
    default:
      return `Something broke on the server${facts.reference ? ` (reference ${facts.reference})` : ''}. Try again.`;
  }
}
