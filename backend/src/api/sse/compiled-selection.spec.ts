import 'reflect-metadata';
import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import {
  execute,
  NoUnusedFragmentsRule,
  NoUnusedVariablesRule,
  specifiedRules,
  parse,
  validate,
  type ExecutionArgs,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { MessageEvent } from '../../streaming/message-event.js';
import { ORPHANED_TYPES, RESOLVERS } from '../resolvers.js';
import { CompiledSelection } from './compiled-selection.js';
import { PreparedDocument } from './prepared-documents.js';
import { Chance, randomSubscription } from './testing/random-selection.js';

/** What chance leaves unused does not matter. */
const RULES = specifiedRules.filter(
  (rule) => rule !== NoUnusedFragmentsRule && rule !== NoUnusedVariablesRule,
);
const SEED = 20_251_124;
const DOCUMENTS = 200;
const VARIABLES = [{}, { x: false }, { y: true }, { x: true, y: true }, { x: false, y: null }];

const AWKWARD = ['', 'word ', '"quoted"\\', 'line\n\r\u2028', 'naïve 🙂', '\ud83d', '\u0000', '$&$1'];
const TEXT_EVENTS: MessageEvent[] = AWKWARD.flatMap((content, i) => [
  { type: 'token', sequence: i, content },
  { type: 'reasoning', sequence: 2 ** 31 - 1 - i, content },
]);
const OTHER_EVENTS: MessageEvent[] = [
  { type: 'restart', sequence: 5, attempt: 2, reason: 'PROVIDER_UNAVAILABLE' },
  {
    type: 'error',
    sequence: 6,
    code: 'PROVIDER_RATE_LIMITED',
    message: 'late',
    retryable: true,
    retryAfterMs: 5,
  },
  { type: 'error', sequence: 7, code: 'INTERNAL', message: 'broken', retryable: false },
  { type: 'done', sequence: 8, messageId: 'm', status: 'COMPLETE' },
];

/** The schema as the code makes it, with the two resolvers that a subscription of this kind meets. */
async function messageSchema(): Promise<GraphQLSchema> {
  const app = await NestFactory.create(GraphQLSchemaBuilderModule, { logger: ['error'] });
  await app.init();
  const schema = await app.get(GraphQLSchemaFactory).create(RESOLVERS, { orphanedTypes: ORPHANED_TYPES });
  await app.close();
  const { messageTokens } = schema.getSubscriptionType()?.getFields() ?? {};
  const { message } = (schema.getType('DoneEvent') as GraphQLObjectType).getFields();
  if (!messageTokens || !message) throw new Error('the schema has other names');
  messageTokens.resolve = (event: MessageEvent) => event;
  message.resolve = ({ messageId }: { messageId: string }) =>
    Promise.resolve({ id: messageId, content: 'all of it', status: 'COMPLETE' });
  return schema;
}

describe(CompiledSelection.name, () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = await messageSchema();
  });

  function argsOf(text: string, variableValues = {}): ExecutionArgs {
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    return { schema, document, variableValues };
  }

  async function executed(args: ExecutionArgs, event: unknown): Promise<string> {
    return JSON.stringify(await execute({ ...args, rootValue: event }));
  }

  describe('json', () => {
    it('is what graphql-js answers, for selections of any shape', async () => {
      const chance = new Chance(SEED);
      let compared = 0;
      while (compared < DOCUMENTS) {
        const text = randomSubscription(chance);
        const document = parse(text);
        if (validate(schema, document, RULES).length > 0) continue;
        const prepared = new PreparedDocument(document);
        for (const variableValues of VARIABLES) {
          const args = { schema, document, variableValues };
          const selection = prepared.selection(args);
          const event = chance.of(TEXT_EVENTS);
          const answer = await executed(args, event);
          const expected = answer.startsWith('{"errors"') ? undefined : answer;
          const json = selection.json(event);
          if (json !== expected) throw new Error(`${text}\n${inspect({ variableValues, json, expected })}`);
          expect(selection.json(chance.of(OTHER_EVENTS))).toBeUndefined();
        }
        compared++;
      }
    });

    it.each([
      ['the one of the page', '__typename sequence ... on TokenEvent { content } ... on ErrorEvent { code }'],
      ['a field twice', 'sequence ... on TokenEvent { content sequence a: content content }'],
      ['an alias that is another field', '... on TokenEvent { sequence: content content: sequence }'],
      ['nothing at all', '... on RestartEvent { attempt }'],
      ['a resolver elsewhere', 'sequence ... on DoneEvent { message { id } }'],
    ])('is what graphql-js answers: %s', async (_what, selection) => {
      const args = argsOf(`subscription { messageTokens(sessionId: "s") { ${selection} } }`);
      const compiled = new CompiledSelection(args);
      for (const event of TEXT_EVENTS) expect(compiled.json(event)).toBe(await executed(args, event));
    });

    it.each([
      ['a number beyond Int', { type: 'token', sequence: 2 ** 31, content: 'x' }],
      ['a number that is not whole', { type: 'token', sequence: 1.5, content: 'x' }],
      ['no content', { type: 'token', sequence: 1 }],
      ['an unknown kind', { type: 'image', sequence: 1, content: 'x' }],
      ['nothing', null],
    ])('leaves to graphql-js what may be an error: %s', (_what, event) => {
      const args = argsOf('subscription { messageTokens(sessionId: "s") { sequence } }');
      expect(new CompiledSelection(args).json(event)).toBeUndefined();
    });

    it('leaves to graphql-js what a resolver says', () => {
      const args = argsOf(
        'subscription { messageTokens(sessionId: "s") { sequence ... on TokenEvent { content } } }',
      );
      const { content } = (schema.getType('TokenEvent') as GraphQLObjectType).getFields();
      if (!content) throw new Error('no content');
      const { resolve } = content;
      content.resolve = () => Promise.resolve('said by a resolver');
      const selection = new CompiledSelection(args);
      content.resolve = resolve;
      expect(selection.json({ type: 'token', sequence: 1, content: 'x' })).toBeUndefined();
      expect(selection.json({ type: 'reasoning', sequence: 1, content: 'x' })).toBeDefined();
    });
  });
});
