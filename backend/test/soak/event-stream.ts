import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { ApiClient, StreamedEvent } from '../support/api-client.js';

const TOKENS = `subscription ($sessionId: ID!, $after: Int!) { messageTokens(sessionId: $sessionId, after: $after) {
  __typename sequence
  ... on TokenEvent { content } ... on RestartEvent { attempt } ... on ErrorEvent { code retryable }
  ... on DoneEvent { message { id status content } }
} }`;

interface Frame {
  readonly data?: { readonly messageTokens: StreamedEvent } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** The server says no. */
export class Refusal extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'Refusal';
  }
}

/**
 * The events of a reply from one API process, taken from the socket no faster than they are asked for. Ends when the
 * stream does, for whatever reason; throws `Refusal`, and what the socket throws.
 */
export async function* eventStream(
  client: ApiClient,
  sessionId: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<StreamedEvent, void, undefined> {
  for await (const text of framesOf(await open(client, sessionId, after, signal))) {
    const { data, errors } = JSON.parse(text) as Frame;
    if (errors?.[0]) throw new Refusal(errors[0].extensions?.code ?? errors[0].message);
    if (data) yield data.messageTokens;
  }
}

async function open(
  client: ApiClient,
  sessionId: string,
  after: number,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const headers = {
    accept: 'text/event-stream',
    'content-type': 'application/json',
    cookie: client.cookie,
  };
  // A connection of its own: it is to be closed when the reader leaves.
  const asked = request(`${client.url}/graphql/stream`, { method: 'POST', headers, signal, agent: false });
  // Once there is a response, it has the error as well.
  asked.on('error', () => undefined);
  asked.end(JSON.stringify({ query: TOKENS, variables: { sessionId, after } }));
  const [response] = (await once(asked, 'response', { signal })) as [IncomingMessage];
  if (response.statusCode !== 200) {
    response.resume();
    throw new Error(`HTTP ${response.statusCode}`);
  }
  return response;
}

/** The data of each `next`. */
async function* framesOf(response: IncomingMessage): AsyncGenerator<string, void, undefined> {
  let buffered = '';
  for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) {
    const frames = (buffered + chunk).split('\n\n');
    buffered = frames.pop() ?? '';
    for (const frame of frames) {
      const data = /^event: next\ndata: (.*)$/s.exec(frame)?.[1];
      if (data !== undefined) yield data;
    }
  }
}
