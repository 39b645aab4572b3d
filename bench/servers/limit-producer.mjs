/** The limit's writer: reads the provider, appends each token to a list and publishes it. Nothing else. */
import { Redis } from 'ioredis-6';
import { taker } from './limit-hand-over.mjs';
import { readProvider } from './provider-reader.mjs';

const redis = new Redis(process.env.REDIS_URL);

async function write({ id, prompt }) {
  let number = 0;
  const append = (event) => {
    const text = `${++number} ${JSON.stringify(event)}`;
    return redis.pipeline().rpush(`list:${id}`, text).publish(`channel:${id}`, text).exec();
  };
  for await (const content of readProvider(process.env.PROVIDER_URL, prompt)) void append({ content });
  await append({ done: true });
  await redis.expire(`list:${id}`, 600);
}

await taker(write);
process.send({ port: 0 });
process.on('disconnect', () => process.exit());
