import { WAY_ON_LABELS, errorSentence, waysOn } from './error-text';
import type { FailureCode } from '../graphql/failure';

const CODES: Record<FailureCode, true> = {
  UNREACHABLE: true,
  UNLOADED: true,
  UNAUTHENTICATED: true,
  FORBIDDEN: true,
  VALIDATION_FAILED: true,
  NOT_FOUND: true,
  CONFLICT: true,
  SESSION_EXPIRED: true,
  MODEL_NOT_FOUND: true,
  MODEL_NOT_IN_PLAN: true,
  MODEL_NOT_CONFIGURED: true,
  QUOTA_EXCEEDED: true,
  RATE_LIMITED: true,
  CONTEXT_TOO_LONG: true,
  CONTENT_FILTERED: true,
  PROVIDER_RATE_LIMITED: true,
  PROVIDER_TIMEOUT: true,
  PROVIDER_UNAVAILABLE: true,
  PROVIDER_REJECTED: true,
  INTERNAL: true,
};
const EVERY = Object.keys(CODES) as FailureCode[];

describe(errorSentence.name, () => {
  it('names the model and the provider', () => {
    expect(errorSentence('PROVIDER_RATE_LIMITED', { model: 'GPT-5' })).toBe('GPT-5 is busy.');
    expect(errorSentence('PROVIDER_UNAVAILABLE', { provider: 'OpenAI' })).toBe('OpenAI cannot be reached.');
  });

  it('counts down while a request waits to be sent again', () => {
    expect(errorSentence('RATE_LIMITED', { seconds: 3 })).toBe(
      'A little slower, please. Sending again in 3 s.',
    );
    expect(errorSentence('RATE_LIMITED', {})).toBe('A little slower, please.');
  });

  it('gives the reference that an administrator asks for, if there is one', () => {
    expect(errorSentence('INTERNAL', { reference: 'a1b2' })).toBe(
      'Something broke on the server (reference a1b2).',
    );
    expect(errorSentence('INTERNAL', {})).toBe('Something broke on the server.');
  });

  it('tells administrators what to set, and nobody else', () => {
    const model = 'GPT-5';
    expect(errorSentence('MODEL_NOT_CONFIGURED', { model, missingSetting: 'OPENAI_API_KEY' })).toBe(
      'GPT-5 has no key on this server: set OPENAI_API_KEY and start it again.',
    );
    expect(errorSentence('MODEL_NOT_CONFIGURED', { model, missingSetting: null })).toBe(
      'GPT-5 has no key on this server.',
    );
  });

  it('says which part of the plan is used up, and when it comes back', () => {
    expect(errorSentence('QUOTA_EXCEEDED', {})).toBe(
      "Today's messages are used up. They come back tomorrow.",
    );
    expect(errorSentence('QUOTA_EXCEEDED', { quota: 'tokensThisMonth' })).toMatch(/^This month's tokens /);
    expect(errorSentence('MODEL_NOT_IN_PLAN', { model: 'GPT-5', plan: 'Plus' })).toBe(
      'GPT-5 is part of Plus.',
    );
  });

  it.each(EVERY)('leaves no gap and no exclamation mark in %s', (code) => {
    expect(errorSentence(code, {})).toMatch(/^[A-Z][^{}!]+\.$/);
  });
});

describe(waysOn.name, () => {
  it.each(EVERY)('knows a way on from %s', (code) => {
    expect(waysOn(code).map((way) => WAY_ON_LABELS[way])).not.toHaveLength(0);
  });

  it('lets try again where only a running reply is in the way', () => {
    expect(waysOn('QUOTA_EXCEEDED', { quota: 'repliesAtOnce' })).toEqual(['try-again', 'see-plans']);
    expect(waysOn('QUOTA_EXCEEDED')).toEqual(['see-plans']);
  });
});
