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
  | 'reload'
  | 'details';

interface ErrorText {
  readonly sentence: (gaps: Gaps) => string;
  readonly waysOn: readonly WayOn[];
}

/** What stands in the sentences; a gap that nobody can fill has a plain word instead. */
interface Gaps {
  readonly model: string;
  readonly provider: string;
  readonly plan: string;
  readonly names: ErrorNames;
}

/** Every failure has its own words and its own way on. */
const ERROR_TEXTS: Record<FailureCode, ErrorText> = {
  UNREACHABLE: { sentence: () => $localize`The server cannot be reached.`, waysOn: ['try-again'] },
  UNLOADED: { sentence: () => $localize`A part of the page could not be loaded.`, waysOn: ['reload'] },
  UNAUTHENTICATED: { sentence: () => $localize`You are signed out.`, waysOn: ['sign-in'] },
  FORBIDDEN: { sentence: () => $localize`This is not yours to change.`, waysOn: ['to-chats'] },
  VALIDATION_FAILED: {
    sentence: () => $localize`The server did not accept this message.`,
    waysOn: ['edit-message', 'details'],
  },
  NOT_FOUND: {
    sentence: () => $localize`This chat does not exist, or is not yours.`,
    waysOn: ['to-chats'],
  },
  CONFLICT: {
    sentence: () => $localize`A reply is still being written in this chat.`,
    waysOn: ['go-to-reply', 'stop-reply'],
  },
  SESSION_EXPIRED: {
    sentence: () => $localize`This reply is no longer live.`,
    waysOn: ['show-saved', 'continue', 'try-again'],
  },
  MODEL_NOT_FOUND: {
    sentence: ({ model }) => $localize`${model}:model: is not offered here any more.`,
    waysOn: ['other-model'],
  },
  MODEL_NOT_IN_PLAN: {
    sentence: ({ model, plan }) => $localize`${model}:model: is part of ${plan}:plan:.`,
    waysOn: ['see-plans', 'other-model'],
  },
  MODEL_NOT_CONFIGURED: {
    sentence: ({ model, names: { missingSetting } }) =>
      missingSetting
        ? $localize`${model}:model: has no key on this server: set ${missingSetting}:setting: and start it again.`
        : $localize`${model}:model: has no key on this server.`,
    waysOn: ['other-model'],
  },
  QUOTA_EXCEEDED: {
    sentence: ({ names: { quota = 'messagesToday', resetsAt } }) =>
      spentSentence(quota, resetsAt, Date.now()),
    waysOn: ['see-plans'],
  },
  RATE_LIMITED: {
    sentence: ({ names: { seconds } }) =>
      seconds === undefined
        ? $localize`A little slower, please.`
        : $localize`A little slower, please. Sending again in ${seconds}:seconds: s.`,
    waysOn: ['try-again'],
  },
  CONTEXT_TOO_LONG: {
    sentence: ({ model }) => $localize`This chat is longer than ${model}:model: can read.`,
    waysOn: ['new-chat', 'other-model'],
  },
  CONTENT_FILTERED: {
    sentence: ({ provider }) => $localize`${provider}:provider: withheld this reply.`,
    waysOn: ['edit-message'],
  },
  PROVIDER_RATE_LIMITED: {
    sentence: ({ model }) => $localize`${model}:model: is busy.`,
    waysOn: ['continue', 'try-again', 'other-model'],
  },
  PROVIDER_TIMEOUT: {
    sentence: ({ model }) => $localize`${model}:model: did not answer in time. What arrived is kept.`,
    waysOn: ['continue', 'try-again', 'other-model'],
  },
  PROVIDER_UNAVAILABLE: {
    sentence: ({ provider }) => $localize`${provider}:provider: cannot be reached.`,
    waysOn: ['continue', 'try-again', 'other-model'],
  },
  PROVIDER_REJECTED: {
    sentence: ({ provider }) => $localize`${provider}:provider: refused this request.`,
    waysOn: ['details', 'edit-message'],
  },
  INTERNAL: {
    sentence: ({ names: { reference } }) =>
      reference
        ? $localize`Something broke on the server (reference ${reference}:reference:).`
        : $localize`Something broke on the server.`,
    waysOn: ['continue', 'try-again'],
  },
};

/** How a button says what it does. */
export const WAY_ON_LABELS: Record<WayOn, () => string> = {
  continue: () => $localize`Continue`,
  'try-again': () => $localize`Try again`,
  'other-model': () => $localize`Other model`,
  'edit-message': () => $localize`Edit message`,
  'new-chat': () => $localize`New chat from here`,
  'to-chats': () => $localize`To your chats`,
  'sign-in': () => $localize`Sign in`,
  'see-plans': () => $localize`See plans`,
  'show-saved': () => $localize`Show what was saved`,
  'go-to-reply': () => $localize`Go to it`,
  'stop-reply': () => $localize`Stop it`,
  reload: () => $localize`Reload`,
  details: () => $localize`Details`,
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

/** The sentence for a failure. */
export function errorSentence(code: FailureCode, names: ErrorNames): string {
  return ERROR_TEXTS[code].sentence({
    model: names.model ?? $localize`The model`,
    provider: names.provider ?? $localize`The provider`,
    plan: names.plan ?? $localize`another plan`,
    names,
  });
}

/** What can be done, best first. */
export function waysOn(code: FailureCode, names: ErrorNames = {}): readonly WayOn[] {
  // The end of a reply is a matter of seconds.
  if (code === 'QUOTA_EXCEEDED' && names.quota === 'repliesAtOnce') return ['try-again', 'see-plans'];
  return ERROR_TEXTS[code].waysOn.filter((way) => way !== 'continue' || names.canGoOn);
}
