import { now } from '../load/clock.mjs';
import { readEvents, send, sendJson } from '../load/http.mjs';

let replies = 0;

/** Nobody signs in. */
export async function prepare() {
  return {};
}

/** Starts a reply and reads it. */
export async function open(reader, { url, prompt }) {
  const id = `${process.pid}-${++replies}`;
  reader.memory = { url, id, after: 0 };
  reader.startedAt = now();
  await sendJson(`${url}/replies/${id}`, { body: { prompt } });
  await resume(reader);
}

/** Reads on from the last element that came. */
export async function resume(reader) {
  const { url, id, after } = reader.memory;
  let mine;
  const response = await send(`${url}/replies/${id}?after=${after}`, { method: 'GET' }, (request) => {
    mine = reader.request = request;
  });
  reader.response = response;
  readEvents(
    response,
    (data, event, id) => {
      const { content, done } = JSON.parse(data);
      reader.memory.after = Number(id);
      if (done) reader.finish();
      else reader.take(content);
    },
    () => {
      if (reader.request === mine) reader.fail('the stream closed before its end');
    },
  );
}
