import type { ApiClient } from '../../support/api-client.js';

export interface GraphqlParams {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

export interface GraphqlResult {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code?: string } }[];
}

/** A way to have an operation executed. */
export interface Transport {
  readonly name: string;
  /** The first result. */
  send(api: ApiClient, params: GraphqlParams): Promise<GraphqlResult>;
}

const JSON_TYPE = 'application/json';
const EVENT_STREAM = 'text/event-stream';

function post(
  api: ApiClient,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Response> {
  return fetch(`${api.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': JSON_TYPE, ...api.headers, ...headers },
    body: JSON.stringify(body),
  });
}

/** The data of the first `next` event; the stream is left then. */
async function firstOf(stream: Response): Promise<unknown> {
  let text = '';
  for await (const piece of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece;
    const data = /^event: next\ndata: (.*)\n\n/m.exec(text)?.[1];
    if (data !== undefined) return JSON.parse(data);
  }
  throw new Error(`ended with ${text}`);
}

const http: Transport = {
  name: '/graphql',
  send: async (api, params) => (await (await post(api, '/graphql', params, {})).json()) as GraphqlResult,
};

const distinct: Transport = {
  name: '/graphql/stream',
  async send(api, params) {
    const answer = await post(api, '/graphql/stream', params, { accept: EVENT_STREAM });
    const isStream = answer.headers.get('content-type')?.startsWith(EVENT_STREAM);
    return (isStream ? await firstOf(answer) : await answer.json()) as GraphqlResult;
  },
};

const single: Transport = {
  name: '/graphql/stream with a single connection',
  async send(api, params) {
    const { headers } = api;
    const reserved = await fetch(`${api.url}/graphql/stream`, { method: 'PUT', headers });
    const token = { 'x-graphql-event-stream-token': await reserved.text() };
    const stream = await fetch(`${api.url}/graphql/stream`, {
      headers: { ...headers, ...token, accept: EVENT_STREAM },
    });
    const operation = { ...params, extensions: { operationId: 'one' } };
    const answer = await post(api, '/graphql/stream', operation, token);
    if (answer.status === 202)
      return ((await firstOf(stream)) as { readonly payload: GraphqlResult }).payload;
    await stream.body?.cancel();
    return (await answer.json()) as GraphqlResult;
  },
};

export const TRANSPORTS: readonly Transport[] = [http, distinct, single];
