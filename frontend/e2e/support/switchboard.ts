import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * The line between browsers and servers: it gives every connection to the next server in turn, so that nothing may
 * depend on which one answers, and it can be cut.
 */
export class Switchboard {
  readonly #server = createServer((browser) => this.#connect(browser));
  readonly #lines = new Set<Socket>();
  #servers: readonly string[];
  #turn = 0;

  private constructor(servers: readonly string[]) {
    this.#servers = servers;
  }

  static async start(servers: readonly string[]): Promise<Switchboard> {
    const switchboard = new Switchboard(servers);
    switchboard.#server.listen(0, '127.0.0.1');
    await once(switchboard.#server, 'listening');
    return switchboard;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Where connections go from now on; those that stand, stay. */
  connectTo(...servers: readonly string[]): void {
    this.#servers = servers;
  }

  /** Breaks every connection, and lets nobody through until `connectTo`. */
  cut(): void {
    this.#servers = [];
    for (const line of this.#lines) line.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #connect(browser: Socket): void {
    const url = this.#servers[this.#turn++ % this.#servers.length];
    if (url === undefined) {
      browser.destroy();
      return;
    }
    const server = connect(Number(new URL(url).port), '127.0.0.1');
    this.#keep(browser, server);
    this.#keep(server, browser);
    browser.pipe(server).pipe(browser);
  }

  /** A line has two ends: when one is gone, so is the other. */
  #keep(end: Socket, other: Socket): void {
    this.#lines.add(end);
    end.on('error', () => other.destroy());
    end.on('close', () => {
      this.#lines.delete(end);
      other.destroy();
    });
  }
}
