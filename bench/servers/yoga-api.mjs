import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { replyQueue } from './peer-jobs.mjs';
import { createPubSub } from './yoga-pubsub.mjs';

const pubsub = await createPubSub();
const enqueue = replyQueue();

const schema = createSchema({
  typeDefs: /* GraphQL */ `
    type Query {
      ok: Boolean
    }
    type Mutation {
      start(id: ID!, prompt: String!): Boolean!
    }
    type TokenEvent {
      content: String!
      done: Boolean!
    }
    type Subscription {
      tokens(id: ID!): TokenEvent!
    }
  `,
  resolvers: {
    Mutation: { start: async (_root, args) => Boolean(await enqueue(args)) },
    Subscription: {
      tokens: { subscribe: (_root, { id }) => pubsub.subscribe('tokens', id), resolve: (event) => event },
    },
  },
});

const server = createServer(createYoga({ schema, graphiql: false, landingPage: false, logging: 'warn' }));
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit());
