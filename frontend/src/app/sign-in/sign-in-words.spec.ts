import { Failure, type FailureCode } from '../graphql/failure';
import type { SignInFailure } from './sign-in-store';
import { failureSentence, problemSentence } from './sign-in-words';

const failed = (tried: SignInFailure['tried'], code: FailureCode, retryAfterMs?: number): SignInFailure => ({
  tried,
  failure: new Failure(code, 'The name is too long.', retryAfterMs ? { retryAfterMs } : {}),
});

describe(failureSentence.name, () => {
  it('does not say which of the two was wrong', () => {
    expect(failureSentence(failed('sign-in', 'UNAUTHENTICATED'))).toBe(
      'This email address and password do not belong together.',
    );
  });

  it('says how long to wait', () => {
    expect(failureSentence(failed('sign-in', 'RATE_LIMITED', 20_000))).toBe(
      'Too many attempts. Try again in 20 seconds.',
    );
    expect(failureSentence(failed('sign-in', 'RATE_LIMITED', 700_000))).toBe(
      'Too many attempts. Try again in 12 minutes.',
    );
  });

  it('says what is closed', () => {
    expect(failureSentence(failed('sign-up', 'FORBIDDEN'))).toBe('New accounts are not open here.');
    expect(failureSentence(failed('guest', 'FORBIDDEN'))).toBe('Guests are not allowed here.');
  });

  it.each<FailureCode>(['UNREACHABLE', 'CONFLICT', 'VALIDATION_FAILED', 'INTERNAL'])('knows %s', (code) => {
    expect(failureSentence(failed('sign-up', code))).toMatch(/^[A-Z][^{}!]+\.$/);
  });
});

describe(problemSentence.name, () => {
  it('has nothing to say about an address without a problem', () => {
    expect(problemSentence(null, 'Example')).toBeNull();
  });

  it.each([
    'cancelled',
    'expired',
    'provider-unavailable',
    'email-taken',
    'email-missing',
    'email-unverified',
  ])('has words of its own for %s', (code) => {
    expect(problemSentence(code, undefined)).toMatch(/^[A-Z][^{}!]+\.$/);
    expect(problemSentence(code, 'Example')).toContain('Example');
    expect(problemSentence(code, 'Example')).not.toBe(problemSentence('failed', 'Example'));
  });

  it('names the provider, also for a code that it does not know', () => {
    expect(problemSentence('something-new', 'Example')).toBe(
      'Signing in with Example did not work. Try again.',
    );
  });
});
