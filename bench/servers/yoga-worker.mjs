import { readOpenAi } from './openai-reader.mjs';
import { replyWorker } from './peer-jobs.mjs';
import { createPubSub } from './yoga-pubsub.mjs';

const pubsub = await createPubSub();

await replyWorker(async ({ id, prompt }) => {
  for await (const content of readOpenAi(prompt)) pubsub.publish('tokens', id, { content, done: false });
  pubsub.publish('tokens', id, { content: '', done: true });
});
process.send({ port: 0 });
process.on('disconnect', () => process.exit());
