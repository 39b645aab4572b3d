import { randomUUID } from 'node:crypto';
import { now } from '../load/clock.mjs';
import { readEvents, send } from '../load/http.mjs';

const TOKENS = 'subscription ($id: ID!) { tokens(id: $id) { content done } }';
const START = 'mutation ($id: ID!, $prompt: String!) { start(id: $id, prompt: $prompt) }';

/** Nobody signs in. */
export async function prepare() {
  return {};
}

/** Subscribes first, under an id of its own: what is published before that would be lost. */
export async function open(reader, { url, prompt }) {
  const id = randomUUID();
  reader.memory = { url, id };
  await resume(reader);
  reader.startedAt = now();
  await mutate(url, { query: START, variables: { id, prompt } });
}

async function mutate(url, body) {
  // Both servers answer a mutation as a stream of one event where that is what is accepted.
  const response = await send(`${url}/graphql`, { headers: { accept: 'text/event-stream' }, body });
  const answer = await new Promise((resolve, reject) => {
    readEvents(
      response,
      (data, event) => event === 'next' && resolve(JSON.parse(data)),
      () => reject(new Error('the mutation was not answered')),
    );
  });
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
}

/** Subscribes again; there is no cursor. */
export async function resume(reader) {
  const { url, id } = reader.memory;
  const body = { query: TOKENS, variables: { id } };
  let mine;
  const response = await send(
    `${url}/graphql`,
    { headers: { accept: 'text/event-stream' }, body },
    (request) => {
      mine = reader.request = request;
    },
  );
  if (response.statusCode !== 200) throw new Error(`the stream answered ${response.statusCode}`);
  reader.response = response;
  readEvents(
    response,
    (data, event) => {
      if (event !== 'next') return;
      const answer = JSON.parse(data);
      if (answer.errors) return reader.fail(JSON.stringify(answer.errors));
      const { content, done } = answer.data.tokens;
      if (!done) return reader.take(content);
      reader.finish();
      mine.destroy();
    },
    () => {
      if (reader.request === mine) reader.fail('the stream closed before its end');
    },
  );
}
