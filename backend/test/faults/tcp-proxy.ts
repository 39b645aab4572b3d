import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What the line does with bytes and with those who want to connect. */
type State = 'open' | 'stalled' | 'refusing';

/** A line between a process and a server, for a test to cut. */
export class TcpProxy {
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #state: State = 'open';
  #lost: (chunk: Buffer) => boolean = () => false;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
    readonly port: number,
  ) {
    server.on('connection', (client: Socket) => this.#connect(client));
  }

  /** A line to the server of `url`, on a free port of 127.0.0.1. */
  static async to(url: string): Promise<TcpProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpProxy(server, new URL(url), (server.address() as AddressInfo).port);
  }

  /** The target's address by way of this line. */
  get url(): string {
    return Object.assign(new URL(this.target.href), { host: `127.0.0.1:${this.port}` }).href;
  }

  /** Breaks every connection; new ones are let through. */
  cut(): void {
    // Not `resetAndDestroy`: where the far end dies meanwhile it leaves a handle that Node can never close, and the
    // process that should end spins instead.
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
    this.#pairs.clear();
  }

  /** Breaks every connection, and refuses new ones until `resume`. */
  async refuse(): Promise<void> {
    this.#state = 'refusing';
    const closed = once(this.server, 'close');
    this.server.close();
    this.cut();
    await closed;
  }

  /** Nothing is passed on any more and nothing is closed, as on a line whose far end lost its power. */
  stall(): void {
    this.#state = 'stalled';
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  /** Drops what the server sends and `which` picks, without a trace for either side; `undefined` ends that. */
  lose(which: ((chunk: Buffer) => boolean) | undefined): void {
    this.#lost = which ?? (() => false);
  }

  async resume(): Promise<void> {
    const before = this.#state;
    this.#state = 'open';
    if (before === 'refusing') {
      this.server.listen(this.port, '127.0.0.1');
      await once(this.server, 'listening');
    }
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  async close(): Promise<void> {
    if (this.#state !== 'refusing') await this.refuse();
  }

  #connect(client: Socket): void {
    const server = connect(Number(this.target.port), this.target.hostname);
    const pair = [client, server] as const;
    this.#pairs.add(pair);
    server.on('data', (chunk: Buffer) => {
      if (!this.#lost(chunk)) pass(chunk, server, client);
    });
    client.on('data', (chunk: Buffer) => pass(chunk, client, server));
    for (const [from, to] of [pair, [server, client]] as const) {
      from.setNoDelay(true);
      // Whatever ends one side ends the other.
      from.on('error', () => to.destroy());
      from.on('end', () => to.end());
      from.on('close', () => {
        to.destroy();
        this.#pairs.delete(pair);
      });
      if (this.#state === 'stalled') from.pause();
    }
  }
}

/** Passes a chunk on no faster than it is taken. */
function pass(chunk: Buffer, from: Socket, to: Socket): void {
  if (to.write(chunk)) return;
  from.pause();
  to.once('drain', () => from.resume());
}
