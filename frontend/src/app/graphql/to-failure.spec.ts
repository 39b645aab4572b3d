import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { Failure } from './failure';
import { toFailure } from './to-failure';

const refusal = (extensions?: Record<string, unknown>) =>
  new CombinedGraphQLErrors({ errors: [{ message: 'Refused.', ...(extensions && { extensions }) }] });

describe(toFailure.name, () => {
  it('reads the code and the facts that come with it', () => {
    const failure = toFailure(refusal({ code: 'RATE_LIMITED', retryAfterMs: 1500, stacktrace: ['x'] }));
    expect(failure).toMatchObject({
      code: 'RATE_LIMITED',
      message: 'Refused.',
      facts: { retryAfterMs: 1500 },
    });
  });

  it('reads which quota is used up, where it is one that the page knows', () => {
    const facts = { quota: 'tokensThisMonth', resetsAt: '2026-12-01T00:00:00.000Z' };
    expect(toFailure(refusal({ code: 'QUOTA_EXCEEDED', ...facts })).facts).toEqual(facts);
    expect(toFailure(refusal({ code: 'QUOTA_EXCEEDED', quota: 'toString' })).facts).toEqual({});
  });

  it('calls a code that is not ours an internal error', () => {
    expect(toFailure(refusal({ code: 'GRAPHQL_VALIDATION_FAILED' })).code).toBe('INTERNAL');
    expect(toFailure(refusal()).code).toBe('INTERNAL');
  });

  it('finds the refusal in an answer with an HTTP status of its own', () => {
    const bodyText = JSON.stringify({
      errors: [{ message: 'No.', extensions: { code: 'UNAUTHENTICATED' } }],
    });
    const error = new ServerError('401', { response: new Response(bodyText, { status: 401 }), bodyText });
    expect(toFailure(error).code).toBe('UNAUTHENTICATED');
  });

  it('calls a proxy without a server behind it unreachable', () => {
    const bodyText = '<h1>502 Bad Gateway</h1>';
    const error = new ServerError('502', { response: new Response(bodyText, { status: 502 }), bodyText });
    expect(toFailure(error).code).toBe('UNREACHABLE');
    expect(toFailure(new TypeError('Failed to fetch')).code).toBe('UNREACHABLE');
  });

  it('leaves a failure as it is', () => {
    const failure = new Failure('CONFLICT', 'Busy.');
    expect(toFailure(failure)).toBe(failure);
  });
});
