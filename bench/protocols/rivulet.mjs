import { now } from '../load/clock.mjs';
import { readEvents, send, sendJson } from '../load/http.mjs';

const START = `mutation ($input: StartChatSessionInput!) {
  startChatSession(input: $input) { session { id status chat { id } assistantMessage { id } } }
}`;
/** As in the README. Nobody's last event repeats the text: whoever asks for that as well gets as much again in one piece. */
const TOKENS = `subscription ($sessionId: ID!, $after: Int!) { messageTokens(sessionId: $sessionId, after: $after) {
  __typename sequence
  ... on TokenEvent { content } ... on ReasoningEvent { content } ... on RestartEvent { attempt }
  ... on ErrorEvent { code retryable } ... on DoneEvent { message { id status } }
} }`;

/** A new guest's cookie; each may read and write what is theirs. */
export async function prepare(url) {
  const { headers } = await sendJson(`${url}/graphql`, {
    body: { query: 'mutation { continueAsGuest { id } }' },
  });
  return { cookie: headers['set-cookie'][0].split(';', 1)[0] };
}

/** Starts a reply and reads it. */
export async function open(reader, { url, identity, prompt }) {
  reader.startedAt = now();
  const { answer } = await sendJson(`${url}/graphql`, {
    headers: { cookie: identity.cookie },
    body: {
      query: START,
      variables: { input: { prompt, modelId: 'local/bench', cache: reader.load.cache } },
    },
  });
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  reader.memory = { url, identity, after: 0, sessionId: answer.data.startChatSession.session.id };
  await resume(reader);
}

/** Reads on from the last sequence number that came. */
export async function resume(reader) {
  const { url, identity, sessionId, after } = reader.memory;
  const body = { query: TOKENS, variables: { sessionId, after } };
  const headers = { accept: 'text/event-stream', cookie: identity.cookie };
  let mine;
  const response = await send(`${url}/graphql/stream`, { headers, body }, (request) => {
    mine = reader.request = request;
  });
  if (response.statusCode !== 200) throw new Error(`the stream answered ${response.statusCode}`);
  reader.response = response;
  readEvents(
    response,
    (data, event) => {
      if (event === 'next') take(reader, JSON.parse(data));
    },
    () => {
      if (reader.request === mine) reader.fail('the stream closed before its end');
    },
  );
}

function take(reader, { data, errors }) {
  if (errors) return reader.fail(JSON.stringify(errors));
  const event = data.messageTokens;
  reader.memory.after = event.sequence;
  switch (event.__typename) {
    case 'TokenEvent':
      return reader.take(event.content);
    case 'RestartEvent':
      return reader.restart();
    case 'DoneEvent':
      return reader.finish();
    case 'ErrorEvent':
      return reader.fail(event.code);
    default:
      return undefined;
  }
}
