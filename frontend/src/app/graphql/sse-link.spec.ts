import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloClient, InMemoryCache, type TypedDocumentNode } from '@apollo/client';
import { parse } from 'graphql';
import type { Subscription } from 'rxjs';
import type { Failure } from './failure';
import { MessageTokensDocument, type MessageTokensSubscription } from './generated/graphql';
import { SseLink } from './sse-link';
import { toFailure } from './to-failure';

interface Request {
  readonly body: { query: string; variables: unknown; operationName: string };
  readonly response: ServerResponse;
}

const TOKENS = parse(MessageTokensDocument.toString()) as TypedDocumentNode<MessageTokensSubscription>;

/** A token on the wire, as the server writes it. */
const next = (data: unknown) => `event: next\ndata: ${JSON.stringify(data)}\n\n`;
const COMPLETE = 'event: complete\ndata:\n\n';
const event = (sequence: number, content: string) => ({
  data: { messageTokens: { __typename: 'TokenEvent', sequence, content } },
});

describe(SseLink.name, () => {
  let server: Server;
  let requests: Request[];
  let told: (() => void)[];
  let reading: Subscription;
  let heard: string[];
  /** The head with which the server refuses everybody. */
  let refusal: Record<string, string> | undefined;

  /** Resolves when a request, a result or an end came since. */
  const happened = () => new Promise<void>((resolve) => told.push(resolve));
  const tell = () => told.splice(0).forEach((resolve) => resolve());
  const until = async (condition: () => boolean) => {
    while (!condition()) await happened();
  };

  const inWords = ({ code, facts: { retryAfterMs } }: Failure) =>
    retryAfterMs === undefined ? code : `${code} for ${retryAfterMs} ms`;
  const subscribe = (silenceMs?: number) => {
    const { port } = server.address() as AddressInfo;
    const link = new SseLink({
      url: `http://127.0.0.1:${port}/graphql/stream`,
      ...(silenceMs && { silenceMs }),
    });
    const client = new ApolloClient({ cache: new InMemoryCache(), link });
    const hear = (line: string) => {
      heard.push(line);
      tell();
    };
    reading = client
      .subscribe({
        query: TOKENS,
        variables: { sessionId: 's1', after: 4 },
        context: { onConnected: () => hear('connected') },
        fetchPolicy: 'no-cache',
      })
      .subscribe({
        next: ({ data, error }) =>
          hear(error ? inWords(toFailure(error)) : JSON.stringify(data?.messageTokens.sequence)),
        complete: () => hear('complete'),
      });
  };

  beforeEach(async () => {
    requests = [];
    told = [];
    heard = [];
    refusal = undefined;
    server = createServer((request, response) => void accept(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    reading.unsubscribe();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function accept(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (refusal) {
      response.writeHead(429, refusal).end('{"errors":[]}');
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    response.on('close', tell);
    requests.push({ body: JSON.parse(Buffer.concat(chunks).toString()) as Request['body'], response });
    tell();
  }

  it('asks with the cursor and hands on every event as it comes', async () => {
    subscribe();
    await until(() => heard.includes('connected'));
    expect(requests[0]?.body).toMatchObject({
      operationName: 'MessageTokens',
      variables: { sessionId: 's1', after: 4 },
    });
    requests[0]?.response.write(next(event(5, 'Good ')));
    await until(() => heard.includes('5'));
    requests[0]?.response.end(next(event(6, 'day')) + COMPLETE);
    await until(() => heard.includes('complete'));
    expect(heard).toEqual(['connected', '5', '6', 'complete']);
  });

  it('tells a cut connection from a reply that ended', async () => {
    subscribe();
    await until(() => heard.includes('connected'));
    requests[0]?.response.write(next(event(5, 'Good ')));
    await until(() => heard.includes('5'));
    requests[0]?.response.destroy();
    await until(() => heard.includes('UNREACHABLE'));
    expect(requests).toHaveLength(1);
  });

  it('hands on the typed error that the server sends in place of an event', async () => {
    subscribe();
    await until(() => requests.length === 1);
    const errors = [{ message: 'Gone.', extensions: { code: 'SESSION_EXPIRED' } }];
    requests[0]?.response.end(next({ errors }) + COMPLETE);
    await until(() => heard.includes('SESSION_EXPIRED'));
  });

  it.each([
    ['RATE_LIMITED for 12000 ms', { 'retry-after': '12' }],
    ['RATE_LIMITED', {}],
  ])('knows a request that was one too many: %s', async (words, head) => {
    refusal = head;
    subscribe();
    await until(() => heard.includes(words));
  });

  it('gives up a connection on which not even a ping arrives', async () => {
    subscribe(50);
    await until(() => heard.includes('UNREACHABLE'));
    expect(heard.slice(0, 2)).toEqual(['connected', 'UNREACHABLE']);
    await until(() => requests[0]?.response.closed === true);
  });

  it('closes the connection when nobody listens any more', async () => {
    subscribe();
    await until(() => heard.includes('connected'));
    reading.unsubscribe();
    await until(() => requests[0]?.response.closed === true);
  });
});
