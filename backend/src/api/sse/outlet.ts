import type { Socket } from 'node:net';
import type { Response } from 'express';
import type { ResponseInit } from 'graphql-sse';

/** A response that a stream is written to, and whether its client takes more. */
export class Outlet {
  /** What takes the stream: the response while it stands behind another one on its connection, else the socket. */
  #sink: Response | Socket;
  #chunked = false;
  #gathers = false;
  #drained?: Promise<void>;

  constructor(readonly response: Response) {
    this.#sink = response;
  }

  /** Undefined where there is room; otherwise resolves when there is, or when the response has closed. */
  get room(): Promise<void> | undefined {
    if (!this.#sink.writableNeedDrain) return undefined;
    // One for all who wait: a stream may carry any number of operations.
    this.#drained ??= this.#nextDrain(this.#sink);
    return this.#drained;
  }

  /**
   * Begins the response. What is written then goes to the socket as one string: Node would write a chunk of HTTP/1.1
   * as four pieces, and at the end of the tick, which costs more than making the chunk.
   */
  open({ status, statusText, headers }: ResponseInit): void {
    const { response } = this;
    response.writeHead(status, statusText, headers);
    this.#chunked = response.chunkedEncoding;
    response.chunkedEncoding = false;
    this.#sink = response.socket ?? response;
    this.#gather();
    response.flushHeaders();
  }

  /**
   * Writes a piece of the stream; false where it is to wait for room before the next one. Pieces of one turn of the event
   * loop leave together: the head with the first, the last with the end.
   */
  write(text: string): boolean {
    this.#gather();
    return this.#send(text);
  }

  /** Writes a piece where the client takes what it gets; false where it does not. */
  offer(text: string): boolean {
    if (this.#sink.writableNeedDrain || this.#sink.destroyed) return false;
    this.#send(text);
    return true;
  }

  /** Ends the response; its connection is for the next one then. */
  end(): void {
    this.#sink = this.response;
    this.response.end(this.#chunked ? LAST_CHUNK : undefined);
  }

  #send(text: string): boolean {
    return this.#sink.write(this.#chunked ? chunkOf(text) : text);
  }

  #gather(): void {
    const sink = this.#sink;
    if (this.#gathers || sink === this.response) return;
    this.#gathers = true;
    sink.cork();
    setImmediate(() => {
      this.#gathers = false;
      sink.uncork();
    });
  }

  #nextDrain(sink: Response | Socket): Promise<void> {
    return new Promise((resolve) => {
      const drained = (): void => {
        sink.off('drain', drained).off('close', drained);
        this.#drained = undefined;
        resolve();
      };
      sink.on('drain', drained).on('close', drained);
    });
  }
}

const LAST_CHUNK = '0\r\n\r\n';

function chunkOf(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}
