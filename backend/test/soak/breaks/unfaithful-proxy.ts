import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Every so many tokens that pass, one is not passed on as it came. */
const EVERY = 50;

/** Stands before one API process and passes on everything, but some tokens more often or less often than once. */
export class UnfaithfulProxy {
  #tokens = 0;
  // Listens at once, so that there is an address at once.
  readonly #server = createServer((incoming, response) => this.#pass(incoming, response)).listen(0);

  constructor(
    private readonly target: string,
    private readonly copies: number,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #pass(incoming: IncomingMessage, response: ServerResponse): void {
    const { method, headers, url = '/' } = incoming;
    const onward = request(new URL(url, this.target), { method, headers, agent: false });
    onward.on('response', (answer) => void this.#answer(answer, response));
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }

  async #answer(answer: IncomingMessage, response: ServerResponse): Promise<void> {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.flushHeaders();
    let rest = '';
    try {
      for await (const text of answer.setEncoding('utf8') as AsyncIterable<string>) {
        const frames = (rest + text).split(/(?<=\n\n)/);
        rest = frames.at(-1)?.endsWith('\n\n') ? '' : (frames.pop() ?? '');
        for (const frame of frames) response.write(frame.repeat(this.#timesOf(frame)));
      }
      response.end(rest);
    } catch {
      // The process is gone: so is whoever reads through us.
      response.destroy();
    }
  }

  #timesOf(frame: string): number {
    if (!frame.includes('"TokenEvent"')) return 1;
    this.#tokens += 1;
    return this.#tokens % EVERY === 0 ? this.copies : 1;
  }
}
