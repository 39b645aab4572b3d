/** A chat route as the AI SDK's guide on resumable streams has it, on node:http instead of Next.js. */
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import {
  convertToModelMessages,
  generateId,
  pipeUIMessageStreamToResponse,
  streamText,
  toUIMessageStream,
  UI_MESSAGE_STREAM_HEADERS,
} from 'ai';
import { createResumableStreamContext } from 'resumable-stream/ioredis';
import { readyRedis } from './ready-redis.mjs';

const provider = createOpenAICompatible({ name: 'bench', baseURL: process.env.PROVIDER_URL });
// Made once: with the guide's one context per request, each request would open two connections to Redis.
const streamContext = createResumableStreamContext({
  waitUntil: null,
  publisher: await readyRedis(),
  subscriber: await readyRedis(),
});
/** What the guide keeps in a database: which stream is a chat's. */
const activeStreams = new Map();

async function post(request, response) {
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += part;
  const { id, message } = JSON.parse(body);
  const messages = [message];
  const result = streamText({ model: provider('bench'), messages: await convertToModelMessages(messages) });
  await pipeUIMessageStreamToResponse({
    response,
    stream: toUIMessageStream({
      stream: result.stream,
      originalMessages: messages,
      generateMessageId: generateId,
      onEnd: () => activeStreams.delete(id),
    }),
    async consumeSseStream({ stream }) {
      const streamId = generateId();
      await streamContext.createNewResumableStream(streamId, () => stream);
      activeStreams.set(id, streamId);
    },
  });
}

async function resume(id, response) {
  const streamId = activeStreams.get(id);
  const stream = streamId && (await streamContext.resumeExistingStream(streamId));
  if (!stream) return response.writeHead(204).end();
  response.writeHead(200, UI_MESSAGE_STREAM_HEADERS);
  return pipeline(Readable.fromWeb(stream), response);
}

const server = createServer(async (request, response) => {
  const [, id] = /^\/api\/chat\/([^/]+)\/stream$/.exec(request.url) ?? [];
  try {
    await (id ? resume(id, response) : post(request, response));
  } catch (error) {
    // A reader that left ends its own response and nothing else.
    if (!response.destroyed) console.error(error);
    response.destroy();
  }
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit());
