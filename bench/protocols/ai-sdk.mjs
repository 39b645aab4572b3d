import { now } from '../load/clock.mjs';
import { readEvents, send } from '../load/http.mjs';

let chats = 0;

/** Nobody signs in. */
export async function prepare() {
  return {};
}

/** One request starts the reply and reads it. */
export async function open(reader, { url, prompt }) {
  const id = `chat-${++chats}`;
  reader.memory = { url, id };
  reader.startedAt = now();
  const message = { id: `message-${id}`, role: 'user', parts: [{ type: 'text', text: prompt }] };
  await read(reader, `${url}/api/chat`, { body: { id, message } });
}

/** The server tells the whole stream again, from its beginning. */
export async function resume(reader) {
  const { url, id } = reader.memory;
  await read(reader, `${url}/api/chat/${id}/stream`, { method: 'GET' });
}

async function read(reader, url, options) {
  let mine;
  const response = await send(url, options, (request) => {
    mine = reader.request = request;
  });
  if (response.statusCode !== 200) {
    response.resume();
    // 204: the reply has ended meanwhile, and is to be had from wherever the application keeps it.
    throw new Error(`the stream answered ${response.statusCode}`);
  }
  reader.response = response;
  readEvents(
    response,
    (data) => {
      if (data === '[DONE]') return reader.finish();
      const part = JSON.parse(data);
      if (part.type === 'text-delta') reader.take(part.delta);
      if (part.type === 'error') reader.fail(part.errorText);
      return undefined;
    },
    () => {
      if (reader.request === mine) reader.fail('the stream closed before its end');
    },
  );
}
