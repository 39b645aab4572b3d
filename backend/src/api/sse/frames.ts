import type { ExecutionResult } from 'graphql';
import { publicResult } from './results.js';

/** A comment. The first one makes browsers notice the response; the others keep proxies from closing a quiet one. */
export const PING = ':\n\n';
export const PING_EVERY_MS = 12_000;

/** How graphql-sse's protocol words the results of an operation. */
export interface Frames {
  /** @param json of the result. */
  next(json: string): string;
  readonly complete: string;
}

/** On a connection of its own. */
export const DISTINCT: Frames = {
  next: (json) => `event: next\ndata: ${json}\n\n`,
  complete: 'event: complete\ndata:\n\n',
};

/** On a connection that other operations share. */
export function framesOf(operationId: string): Frames {
  const id = JSON.stringify(operationId);
  return {
    next: (json) => `event: next\ndata: {"id":${id},"payload":${json}}\n\n`,
    complete: `event: complete\ndata: {"id":${id}}\n\n`,
  };
}

/** The frame of a result that is no text yet. */
export function resultFrame(frames: Frames, result: ExecutionResult): string {
  return frames.next(JSON.stringify(publicResult(result)));
}
