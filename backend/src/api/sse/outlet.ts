import type { Response } from 'express';
import type { ResponseInit } from 'graphql-sse';

/** A response that a stream is written to, and whether its client takes more. */
export class Outlet {
  #chunked = false;
  #drained?: Promise<void>;

  constructor(readonly response: Response) {}

  /** Undefined where there is room; otherwise resolves when there is, or when the response has closed. */
  get room(): Promise<void> | undefined {
    if (!this.response.writableNeedDrain) return undefined;
    // One for all who wait: a stream may carry any number of operations.
    this.#drained ??= this.#nextDrain();
    return this.#drained;
  }

  /**
   * Begins the response. What is written then goes out as it is: Node writes a chunk of HTTP/1.1 as four pieces, which
   * costs more than making it.
   */
  open({ status, statusText, headers }: ResponseInit): void {
    this.response.writeHead(status, statusText, headers);
    this.#chunked = this.response.chunkedEncoding;
    this.response.chunkedEncoding = false;
  }

  /** Writes a piece of the stream; false where it is to wait for room before the next one. */
  write(text: string): boolean {
    return this.response.write(this.#chunked ? chunkOf(text) : text);
  }

  /** Writes a piece that matters only where the client takes it. */
  ping(text: string): void {
    if (!this.response.writableNeedDrain) this.write(text);
  }

  end(): void {
    this.response.end(this.#chunked ? LAST_CHUNK : undefined);
  }

  #nextDrain(): Promise<void> {
    return new Promise((resolve) => {
      const drained = (): void => {
        this.response.off('drain', drained).off('close', drained);
        this.#drained = undefined;
        resolve();
      };
      this.response.on('drain', drained).on('close', drained);
    });
  }
}

const LAST_CHUNK = '0\r\n\r\n';

function chunkOf(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}
