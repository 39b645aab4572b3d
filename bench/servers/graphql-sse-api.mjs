import { createServer } from 'node:http';
import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/http';
import { createPubSub, topicOf } from './graphql-sse-pubsub.mjs';
import { replyQueue } from './peer-jobs.mjs';

const pubsub = await createPubSub();
const enqueue = replyQueue();

const must = (type) => new GraphQLNonNull(type);
const id = { type: must(GraphQLID) };

const TokenEvent = new GraphQLObjectType({
  name: 'TokenEvent',
  fields: { content: { type: must(GraphQLString) }, done: { type: must(GraphQLBoolean) } },
});
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: { ok: { type: GraphQLBoolean, resolve: () => true } },
  }),
  mutation: new GraphQLObjectType({
    name: 'Mutation',
    fields: {
      start: {
        type: must(GraphQLBoolean),
        args: { id, prompt: { type: must(GraphQLString) } },
        resolve: async (_root, args) => Boolean(await enqueue(args)),
      },
    },
  }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      tokens: {
        type: must(TokenEvent),
        args: { id },
        subscribe: (_root, args) => pubsub.asyncIterator(topicOf(args.id)),
      },
    },
  }),
});

const server = createServer(createHandler({ schema }));
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit());
