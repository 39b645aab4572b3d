/** What a reply may end with, in our words. */
export type ReplyEnd = 'stop' | 'length' | 'filtered';

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** A refusal of a whole request, in a vendor's own words. */
export interface VendorRefusal {
  readonly status: number;
  /** The vendor's code or type of the error. */
  readonly code: string;
  readonly message: string;
}

/**
 * One reply in one vendor's wire format: every method returns the bytes of the server-sent events that say so.
 * An object is made for each request, and remembers what the format wants repeated at the end.
 */
export abstract class WireFormat {
  abstract start(model: string): string;
  abstract text(piece: string): string;
  abstract reasoning(piece: string): string;
  /** The terminal marker and all that belongs to it. */
  abstract end(reason: ReplyEnd, usage: Usage): string;
  /** The model declines, in the way that its vendor says so. Ends the reply. */
  abstract decline(usage: Usage): string;
  /** An error event in mid-stream: the vendor is overloaded. */
  abstract overload(): string;
  /** The JSON body of a refused request. */
  abstract refusal(refusal: VendorRefusal): object;
}

/** A server-sent event; `name` where the format has names. */
export function sse(data: object | string, name?: string): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${text}\n\n`;
}
