import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordedRequest } from './recorded-request.js';
import type { ReplyEnd, VendorRefusal, WireFormat } from './wire-format.js';

/** What a scenario has in hand: one request to answer, well or badly, in whichever format it came. */
export class ScriptedReply {
  readonly #left = new AbortController();
  #outputTokens = 0;

  constructor(
    readonly request: RecordedRequest,
    private readonly response: ServerResponse,
    readonly format: WireFormat,
    private readonly tokensPerSecond: number,
  ) {
    void request.leftByClient.then(() => this.#left.abort());
  }

  /** Aborts when the client closes the connection. */
  get left(): AbortSignal {
    return this.#left.signal;
  }

  /** Sends the head of a stream and the format's first events. */
  async start(headers: Readonly<Record<string, string>> = {}): Promise<void> {
    this.head(headers);
    await this.raw(this.format.start(this.request.model));
  }

  /** Sends the head of a stream, and no event. */
  head(headers: Readonly<Record<string, string>> = {}): void {
    this.response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', ...headers });
    this.response.flushHeaders();
  }

  /** Sends each piece as an event of its own, at the server's pace. */
  async text(...pieces: readonly string[]): Promise<void> {
    for (const piece of pieces) await this.#token(this.format.text(piece));
  }

  async reasoning(...pieces: readonly string[]): Promise<void> {
    for (const piece of pieces) await this.#token(this.format.reasoning(piece));
  }

  async end(reason: ReplyEnd = 'stop'): Promise<void> {
    await this.raw(this.format.end(reason, this.usage));
    this.close();
  }

  async decline(): Promise<void> {
    await this.raw(this.format.decline(this.usage));
    this.close();
  }

  async overload(): Promise<void> {
    await this.raw(this.format.overload());
    this.close();
  }

  /** Answers with an HTTP error in the vendor's words. */
  refuse(refusal: VendorRefusal, headers: Readonly<Record<string, string>> = {}): void {
    this.refuseWith(refusal.status, this.format.refusal(refusal), headers);
  }

  /** Answers with an HTTP error and a body of the scenario's own. */
  refuseWith(status: number, body: object, headers: Readonly<Record<string, string>> = {}): void {
    this.response.writeHead(status, { 'content-type': 'application/json', ...headers });
    this.response.end(JSON.stringify(body));
  }

  /** Sends bytes as they are, and waits while the client does not take them. */
  async raw(bytes: string | Uint8Array): Promise<void> {
    if (this.left.aborted || this.response.write(bytes)) return;
    await once(this.response, 'drain', { signal: this.left });
  }

  /** Ends the body as HTTP wants it, whether or not the reply was complete. */
  close(): void {
    this.response.end();
  }

  /** Breaks the connection. */
  cut(): void {
    this.response.destroy();
  }

  /** Counted in events, so that a test can foretell it. */
  get usage() {
    return { inputTokens: this.request.prompt.split(/\s+/).length, outputTokens: this.#outputTokens };
  }

  async #token(event: string): Promise<void> {
    this.#outputTokens += 1;
    if (Number.isFinite(this.tokensPerSecond)) {
      await delay(1000 / this.tokensPerSecond, undefined, { signal: this.left });
    }
    await this.raw(event);
  }
}
