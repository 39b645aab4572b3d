import { describe, expect, it } from '@jest/globals';
import { buildSchema, graphql, type GraphQLFieldResolver } from 'graphql';
import type { ChatSessionService } from '../../chat/chat-session.service.js';
import type { Loaders } from '../loaders.js';
import { MessageTokensResolver } from './message-tokens.resolver.js';

const schema = buildSchema(`
  type Query { done: DoneEvent! }
  type DoneEvent { message: Message! }
  type Message { id: ID!, status: String!, content: String! }
`);

describe(MessageTokensResolver.name, () => {
  describe('message', () => {
    /** What is answered to this selection of an end, and which messages were read for it. */
    async function asked(selection: string) {
      const read: string[] = [];
      const load = (id: string) => {
        read.push(id);
        return Promise.resolve({ id, status: 'STOPPED', content: 'all of it' });
      };
      const resolver = new MessageTokensResolver({} as ChatSessionService);
      const done = { messageId: 'm', status: 'STOPPED', sequence: 1 } as const;
      const loaders = { message: { load } } as unknown as Loaders;
      const fieldResolver: GraphQLFieldResolver<Record<string, unknown>, unknown> = (parent, _, __, info) => {
        if (info.fieldName === 'done') return done;
        return info.fieldName === 'message' ? resolver.message(done, loaders, info) : parent[info.fieldName];
      };
      const fragment = selection.includes('...Text') ? 'fragment Text on Message { content }' : '';
      const { data } = await graphql({
        schema,
        source: `{ done { ${selection} } } ${fragment}`,
        fieldResolver,
      });
      return { answer: JSON.stringify(data?.['done']), read };
    }

    it('is not read for what the event says', async () => {
      const { answer, read } = await asked('message { id is: status __typename }');
      expect(answer).toBe('{"message":{"id":"m","is":"STOPPED","__typename":"Message"}}');
      expect(read).toEqual([]);
    });

    it.each(['message { id content }', 'message { id ...Text }', 'message { id } message { content }'])(
      'is read once for more: %s',
      async (selection) => {
        const { answer, read } = await asked(selection);
        expect(answer).toContain('all of it');
        expect(read).toEqual(['m']);
      },
    );
  });
});
