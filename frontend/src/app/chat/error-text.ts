import { spentSentence } from '../account/quota-text';
import type { FailureCode, FailureFacts } from '../graphql/failure';

/** What a person can do about a failure; the page knows how. */
export type WayOn =
  | 'continue'
  | 'try-again'
  | 'other-model'
  | 'edit-message'
  | 'new-chat'
  | 'to-chats'
  | 'sign-in'
  | 'see-plans'
  | 'show-saved'
  | 'go-to-reply'
  | 'stop-reply'
  | 'details';

interface ErrorText {
  /** With {model}, {provider}, {plan}, {n}, {spent}, {setting} and {reference} to be filled in. */
  readonly sentence: string;
  readonly waysOn: readonly WayOn[];
}

/** Every failure has its own words and its own way on. */
const ERROR_TEXTS: Record<FailureCode, ErrorText> = {
  UNREACHABLE: { sentence: 'The server cannot be reached.', waysOn: ['try-again'] },
  UNAUTHENTICATED: { sentence: 'You are signed out.', waysOn: ['sign-in'] },
  FORBIDDEN: { sentence: 'This is not yours to change.', waysOn: ['to-chats'] },
  VALIDATION_FAILED: {
    sentence: 'The server did not accept this message.',
    waysOn: ['edit-message', 'details'],
  },
  NOT_FOUND: { sentence: 'This chat does not exist, or is not yours.', waysOn: ['to-chats'] },
  CONFLICT: {
    sentence: 'A reply is still being written in this chat.',
    waysOn: ['go-to-reply', 'stop-reply'],
  },
  SESSION_EXPIRED: {
    sentence: 'This reply is no longer live.',
    waysOn: ['show-saved', 'continue', 'try-again'],
  },
  MODEL_NOT_FOUND: { sentence: '{model} is not offered here any more.', waysOn: ['other-model'] },
  MODEL_NOT_IN_PLAN: { sentence: '{model} is part of {plan}.', waysOn: ['see-plans', 'other-model'] },
  MODEL_NOT_CONFIGURED: { sentence: '{model} has no key on this server{setting}.', waysOn: ['other-model'] },
  QUOTA_EXCEEDED: { sentence: '{spent}', waysOn: ['see-plans'] },
  RATE_LIMITED: { sentence: 'A little slower, please. Sending again in {n} s.', waysOn: ['try-again'] },
  CONTEXT_TOO_LONG: {
    sentence: 'This chat is longer than {model} can read.',
    waysOn: ['new-chat', 'other-model'],
  },
  CONTENT_FILTERED: { sentence: '{provider} withheld this reply.', waysOn: ['edit-message'] },
  PROVIDER_RATE_LIMITED: {
    sentence: '{model} is busy.',
    waysOn: ['continue', 'try-again', 'other-model'],
  },
  PROVIDER_TIMEOUT: {
    sentence: '{model} did not answer in time. What arrived is kept.',
    waysOn: ['continue', 'try-again', 'other-model'],
  },
  PROVIDER_UNAVAILABLE: {
    sentence: '{provider} cannot be reached.',
    waysOn: ['continue', 'try-again', 'other-model'],
  },
  PROVIDER_REJECTED: { sentence: '{provider} refused this request.', waysOn: ['details', 'edit-message'] },
  INTERNAL: { sentence: 'Something broke on the server{reference}.', waysOn: ['continue', 'try-again'] },
};

/** How a button says what it does. */
export const WAY_ON_LABELS: Record<WayOn, string> = {
  continue: 'Continue',
  'try-again': 'Try again',
  'other-model': 'Other model',
  'edit-message': 'Edit message',
  'new-chat': 'New chat from here',
  'to-chats': 'To your chats',
  'sign-in': 'Sign in',
  'see-plans': 'See plans',
  'show-saved': 'Show what was saved',
  'go-to-reply': 'Go to it',
  'stop-reply': 'Stop it',
  details: 'Details',
};

/** What fills the gaps in a sentence. */
export interface ErrorNames extends FailureFacts {
  readonly model?: string;
  readonly provider?: string;
  /** Something of a reply was kept, to go on from. */
  readonly canGoOn?: boolean;
  /** What an administrator sets to have the model configured. */
  readonly missingSetting?: string | null;
  /** Seconds until the request is sent again by itself. */
  readonly seconds?: number;
}

/** The sentence for a failure; a gap that nobody can fill gets a plain word instead. */
export function errorSentence(code: FailureCode, names: ErrorNames): string {
  if (code === 'RATE_LIMITED' && names.seconds === undefined) return 'A little slower, please.';
  const gaps: Record<string, string> = {
    model: names.model ?? 'The model',
    provider: names.provider ?? 'The provider',
    plan: names.plan ?? 'another plan',
    n: String(names.seconds ?? ''),
    spent: spentSentence(names.quota ?? 'messagesToday', names.resetsAt, Date.now()),
    setting: names.missingSetting ? `: set ${names.missingSetting} and start it again` : '',
    reference: names.reference ? ` (reference ${names.reference})` : '',
  };
  return ERROR_TEXTS[code].sentence.replace(/\{(\w+)\}/g, (_, gap: string) => gaps[gap] ?? '');
}

/** What can be done, best first. */
export function waysOn(code: FailureCode, names: ErrorNames = {}): readonly WayOn[] {
  // The end of a reply is a matter of seconds.
  if (code === 'QUOTA_EXCEEDED' && names.quota === 'repliesAtOnce') return ['try-again', 'see-plans'];
  return ERROR_TEXTS[code].waysOn.filter((way) => way !== 'continue' || names.canGoOn);
}
