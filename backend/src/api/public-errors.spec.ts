import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { buildSchema, executeSync, GraphQLError, parse } from 'graphql';
import { AppError } from '../errors/app-error.js';
import { toPublicError, toPublicGraphQLError, withoutSuggestions } from './public-errors.js';

Logger.overrideLogger(false);

function published(cause: Error): GraphQLError {
  return toPublicGraphQLError(new GraphQLError(cause.message, { originalError: cause, path: ['chat'] }));
}

describe(toPublicGraphQLError.name, () => {
  it('shows an error of ours with its code, and not its cause', () => {
    const error = published(new AppError('NOT_FOUND', 'No such chat.', { cause: new Error('secret') }));
    expect(error.toJSON()).toEqual({
      message: 'No such chat.',
      path: ['chat'],
      extensions: { code: 'NOT_FOUND', retryable: false },
    });
  });

  it('says when trying again makes sense', () => {
    const error = published(new AppError('RATE_LIMITED', 'Slower, please.', { retryAfterMs: 3000 }));
    expect(error.extensions).toEqual({ code: 'RATE_LIMITED', retryable: true, retryAfterMs: 3000 });
  });

  it('passes on what a client needs to offer a way on', () => {
    const facts = { plan: 'Plus', resetsAt: '2026-12-01T00:00:00.000Z' };
    const error = published(new AppError('QUOTA_EXCEEDED', 'That was all for now.', { facts }));
    expect(error.extensions).toEqual({ code: 'QUOTA_EXCEEDED', retryable: false, ...facts });
  });

  it('masks everything else behind a reference', () => {
    const error = published(new Error('connect ECONNREFUSED 10.0.0.7 as postgres'));
    expect(error.message).toMatch(/^Something broke on the server \(reference [0-9a-f-]{36}\)\.$/);
    expect(error.extensions.code).toBe('INTERNAL');
    expect(JSON.stringify(error)).not.toContain('10.0.0.7');
  });

  it('masks an unexpected GraphQL error of a resolver too', () => {
    const error = toPublicGraphQLError(
      new GraphQLError('Cannot return null for Chat.title', { path: ['chat'] }),
    );
    expect(error.extensions.code).toBe('INTERNAL');
  });

  it('shows what is wrong with a request', () => {
    try {
      parse('{ chats( }');
    } catch (error) {
      expect(toPublicGraphQLError(error as GraphQLError).extensions.code).toBe('VALIDATION_FAILED');
    }
    expect.assertions(1);
  });

  it('shows what is wrong with a variable, and nothing of its value', () => {
    const schema = buildSchema('type Query { a(of: Of): Int } enum Of { THIS }');
    const document = parse('query ($of: Of) { a(of: $of) }');
    const { errors = [] } = executeSync({ schema, document, variableValues: { of: 'x'.repeat(100_000) } });
    const [error] = errors.map(toPublicGraphQLError);
    expect(error?.extensions).toEqual({ code: 'VALIDATION_FAILED', retryable: false });
    expect(error?.message).toBe('Variable "$of" got an invalid value.');
  });
});

describe(withoutSuggestions.name, () => {
  const told = (message: string) =>
    withoutSuggestions(toPublicError)({ message }, new GraphQLError(message)).message;

  it('leaves out what the client may have meant', () => {
    expect(told('Cannot query field "a" on type "B". Did you mean "A"?')).toBe(
      'Cannot query field "a" on type "B".',
    );
    expect(told('Nothing.')).toBe('Nothing.');
  });
});
