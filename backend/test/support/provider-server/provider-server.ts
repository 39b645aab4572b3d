import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChatCompletionsFormat } from './chat-completions-format.js';
import { MessagesFormat } from './messages-format.js';
import { recordRequest, type RecordedRequest } from './recorded-request.js';
import { ResponsesFormat } from './responses-format.js';
import { echo, SCENARIOS, type Scenario } from './scenarios.js';
import { ScriptedReply } from './scripted-reply.js';
import type { WireFormat } from './wire-format.js';

const FORMATS: Readonly<Record<string, () => WireFormat>> = {
  '/v1/responses': () => new ResponsesFormat(),
  '/v1/chat/completions': () => new ChatCompletionsFormat(),
  '/v1/messages': () => new MessagesFormat(),
};

interface ProviderServerOptions {
  /** Scenarios by model name, before and beside the built-in ones. */
  readonly scenarios?: Readonly<Record<string, Scenario>>;
  /** For every model that no scenario is named after; left out: the reply repeats the prompt. */
  readonly scenario?: Scenario;
  /** Left out: as fast as it can be read. */
  readonly tokensPerSecond?: number;
  /** Left out: a free one. */
  readonly port?: number;
}

/** A vendor on this machine. */
export interface ProviderServer {
  /** `http://127.0.0.1:…`, Anthropic's base URL. */
  readonly url: string;
  /** The same with `/v1`, as OpenAI's SDK wants it. */
  readonly openAiUrl: string;
  /** What came in, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Resolves with request number `index`, also before it has come. */
  request(index: number): Promise<RecordedRequest>;
  /** Cuts every connection. */
  close(): Promise<void>;
}

/**
 * Starts a server that speaks OpenAI's Responses and Chat Completions and Anthropic's Messages, and that fails in
 * the way which the model's name asks for (see `SCENARIOS`).
 */
export async function startProviderServer(options: ProviderServerOptions = {}): Promise<ProviderServer> {
  const requests: RecordedRequest[] = [];
  const arrivals = new Set<() => void>();
  const server = createServer((incoming, response) => {
    void answer(incoming, response, options, (request) => {
      requests.push(request);
      for (const arrived of arrivals) arrived();
    });
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    openAiUrl: `${url}/v1`,
    requests,
    async request(index) {
      let recorded = requests[index];
      while (recorded === undefined) {
        await new Promise<void>((resolve) => arrivals.add(resolve));
        recorded = requests[index];
      }
      return recorded;
    },
    close: () => close(server),
  };
}

async function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  { scenarios, scenario = echo, tokensPerSecond = Infinity }: ProviderServerOptions,
  record: (request: RecordedRequest) => void,
): Promise<void> {
  const request = await recordRequest(incoming, response);
  record(request);
  const format = FORMATS[request.path];
  if (!format) {
    response.writeHead(404).end();
    return;
  }
  const reply = new ScriptedReply(request, response, format(), tokensPerSecond);
  const play = scenarios?.[request.model] ?? SCENARIOS[request.model] ?? scenario;
  try {
    await play(reply);
  } catch (error) {
    // A client that leaves ends its scenario; everything else is a mistake in the scenario, and shows.
    if (!reply.left.aborted) throw error;
  }
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  if (!server.listening) return;
  server.close();
  await once(server, 'close');
}
