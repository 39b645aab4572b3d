import type { Socket } from 'node:net';
import type { Response } from 'express';
import type { ResponseInit } from 'graphql-sse';

/** A response that a stream is written to, and whether its client takes more. */
export class Outlet {
  /** What takes the stream: the response while it stands behind another one on its connection, else the socket. */
  #sink: Response | Socket;
  #chunked = false;
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
    this.response.writeHead(status, statusText, headers);
    this.#chunked = this.response.chunkedEncoding;
    this.response.chunkedEncoding = false;
    this.response.flushHeaders();
    this.#sink = this.response.socket ?? this.response;
  }

  /** Writes a piece of the stream; false where it is to wait for room before the next one. */
  write(text: string): boolean {
    return this.#sink.write(this.#chunked ? chunkOf(text) : text);
  }

  /** Writes a piece where the client takes what it gets; false where it does not. */
  offer(text: string): boolean {
    if (this.#sink.writableNeedDrain || this.#sink.destroyed) return false;
    this.write(text);
    return true;
  }

  /** Ends the response; its connection is for the next one then. */
  end(): void {
    this.#sink = this.response;
    this.response.end(this.#chunked ? LAST_CHUNK : undefined);
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
