import { createPubSub, topicOf } from './graphql-sse-pubsub.mjs';
import { readOpenAi } from './openai-reader.mjs';
import { replyWorker } from './peer-jobs.mjs';

const pubsub = await createPubSub();

await replyWorker(async ({ id, prompt }) => {
  for await (const content of readOpenAi(prompt)) {
    await pubsub.publish(topicOf(id), { tokens: { content, done: false } });
  }
  await pubsub.publish(topicOf(id), { tokens: { content: '', done: true } });
});
process.send({ port: 0 });
process.on('disconnect', () => process.exit());
