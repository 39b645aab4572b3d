import { Agent, request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as TlsAgent, request as requestHttps } from 'node:https';
import { pipeline, Readable } from 'node:stream';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import { ByteBudget } from './byte-budget.js';
import { vendorError } from './vendor-failure.js';

/**
 * How long a connection is kept for the next request, in milliseconds: less than servers keep theirs. Programs keep them for
 * five seconds or more; what ends TLS in front of the vendors for a minute or more (Cloudflare: 400 s,
 * https://developers.cloudflare.com/fundamentals/reference/connection-limits), and there a new one costs most. Where one
 * says less (`Keep-Alive: timeout`), Node keeps it for a second less than that.
 */
const IDLE_MS = 4_000;
const IDLE_TLS_MS = 50_000;
const NOT_MODIFIED = 304;

const http = new Agent({ keepAlive: true, timeout: IDLE_MS });
const https = new TlsAgent({ keepAlive: true, timeout: IDLE_TLS_MS });

/** The bodies of replies. As web streams, which `Response` wants, they would cost several promises a piece. */
const bodies = new WeakMap<Response, Readable>();

/** The body of a reply that `vendorFetch` fetched. It flows as soon as somebody listens. */
export function bodyOf(response: Response): Readable | undefined {
  return bodies.get(response);
}

/**
 * `fetch` for a vendor's SDK, on Node's own HTTP client: a token costs about half of what it does with the built-in
 * `fetch`. It asks for an uncompressed body and follows no redirect: a redirect could carry the key to somebody else.
 *
 * It asks once. A kept connection that is reset before an answer tells nothing: the server may have closed it unused, or
 * may have worked, and would work again. That is a failure like any other, and whoever retries those decides.
 *
 * The body of a refusal, which the SDK reads whole, fails with PROVIDER_REJECTED where it is too large. That of a reply
 * does not stand in the `Response`: `bodyOf` has it.
 */
export function vendorFetch(provider: string): typeof fetch {
  return async (input, init = {}) => {
    const incoming = await ask(new URL(input instanceof Request ? input.url : input), init);
    const status = incoming.statusCode ?? 0;
    const head = { status, statusText: incoming.statusMessage, headers: headersOf(incoming) };
    if (status === NOT_MODIFIED) {
      // It has no body, which `Response` holds to; what is not read keeps its connection.
      incoming.resume();
      return new Response(null, head);
    }
    const body = decoded(incoming);
    if (status >= 200 && status < 300) {
      const response = new Response(null, head);
      bodies.set(response, body);
      return response;
    }
    return new Response(Readable.toWeb(bounded(body, ByteBudget.ofRefusal(), provider)), head);
  };
}

function ask(url: URL, init: RequestInit): Promise<IncomingMessage> {
  const { method, headers, body, signal } = init;
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const options: RequestOptions = { method, headers: sentHeaders(headers) };
  const request =
    url.protocol === 'https:'
      ? requestHttps(url, { ...options, agent: https })
      : requestHttp(url, { ...options, agent: http });
  const abort = (): void => void request.destroy(signal?.reason as Error);
  signal?.addEventListener('abort', abort, { once: true });
  request
    .once('response', resolve)
    .on('error', reject)
    .once('close', () => signal?.removeEventListener('abort', abort));
  // The SDKs send JSON and nothing else.
  request.end(body);
  return promise;
}

function sentHeaders(headers: RequestInit['headers']): Record<string, string> {
  return { ...Object.fromEntries(new Headers(headers)), 'accept-encoding': 'identity' };
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2)
    headers.append(rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '');
  return headers;
}

/** Some servers compress although nobody asked them to. */
function decoded(incoming: IncomingMessage): Readable {
  const encoding = incoming.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return incoming;
  const decoder = encoding === 'br' ? createBrotliDecompress() : createUnzip();
  // Whoever reads the decoder hears of its failure, and of the connection's.
  return pipeline(incoming, decoder, () => undefined);
}

/** The body, which breaks off, connection included, when it outgrows its budget. */
function bounded(body: Readable, budget: ByteBudget, provider: string): Readable {
  body.on('data', (chunk: Uint8Array) => {
    if (!budget.admits(chunk)) body.destroy(vendorError(provider, 'too-large'));
  });
  return body.pause();
}
