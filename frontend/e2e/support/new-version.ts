import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';

const MAIN = /main-[\w-]{8}\.js/g;
const NEXT = 'main-NEXTNEXT.js';
/** What Node says of the answer itself. */
const OF_THE_CONNECTION = [
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'transfer-encoding',
];

/** The same installation after an update: a server before it, at which the page's first script has another name. */
export class NewVersion {
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #main = '';

  private constructor(private readonly before: string) {}

  static async start(before: string): Promise<NewVersion> {
    const version = new NewVersion(before);
    const page = await (await fetch(before)).text();
    version.#main = page.match(MAIN)?.[0] ?? '';
    version.#server.listen(0, '127.0.0.1');
    await once(version.#server, 'listening');
    return version;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    // Other files name the script as it was: there must be one of it, and not two.
    if (path.endsWith(NEXT)) {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(`import './${this.#main}';`);
      return;
    }
    const body = Buffer.concat(await request.toArray());
    const asked = new AbortController();
    response.on('close', () => asked.abort());
    try {
      const answer = await fetch(this.before + path, {
        method: request.method ?? 'GET',
        headers: headersOf(request),
        ...(body.length > 0 && { body }),
        signal: asked.signal,
      });
      const headers = Object.fromEntries(answer.headers);
      for (const name of OF_THE_CONNECTION) delete headers[name];
      response.writeHead(answer.status, headers);
      if (/html|service-worker/.test(`${headers['content-type']} ${path}`))
        response.end((await answer.text()).replace(MAIN, NEXT));
      else await pipeline(answer.body ?? [], response);
    } catch (error) {
      // The browser, or the test, has gone.
      if (!asked.signal.aborted) throw error;
    }
  }
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const { cookie, accept, 'content-type': type } = request.headers;
  return {
    ...(cookie && { cookie }),
    ...(accept && { accept }),
    ...(type && { 'content-type': type }),
  };
}
