import { Agent, request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as TlsAgent, request as requestHttps } from 'node:https';
import { pipeline, Readable } from 'node:stream';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import { ByteBudget } from './byte-budget.js';
import { vendorError } from './vendor-failure.js';

/** How long a connection is kept for the next request, in milliseconds; servers close theirs after five seconds or more. */
const IDLE_MS = 4_000;
/** https://fetch.spec.whatwg.org/#null-body-status */
const BODILESS = new Set([204, 205, 304]);

const http = new Agent({ keepAlive: true, timeout: IDLE_MS });
const https = new TlsAgent({ keepAlive: true, timeout: IDLE_MS });

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
 * The body of a refusal, which the SDK reads whole, fails with PROVIDER_REJECTED where it is too large. That of a reply
 * does not stand in the `Response`: `bodyOf` has it.
 */
export function vendorFetch(provider: string): typeof fetch {
  return async (input, init = {}) => {
    const incoming = await ask(new URL(input instanceof Request ? input.url : input), init);
    const status = incoming.statusCode ?? 0;
    const head = { status, statusText: incoming.statusMessage, headers: headersOf(incoming) };
    const body = decoded(incoming);
    if (status >= 200 && status < 300) {
      const response = new Response(null, head);
      bodies.set(response, body);
      return response;
    }
    if (BODILESS.has(status)) return new Response(null, head);
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
  let answered = false;
  const abort = (): void => void request.destroy(signal?.reason as Error);
  signal?.addEventListener('abort', abort, { once: true });
  request
    .once('response', (incoming) => {
      answered = true;
      resolve(incoming);
    })
    .on('error', (error: NodeJS.ErrnoException) => {
      // The server closed a kept connection in the moment that it was used again: it never saw the request.
      if (!answered && request.reusedSocket && error.code === 'ECONNRESET') resolve(ask(url, init));
      else reject(error);
    })
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
