import { channel } from 'node:diagnostics_channel';
import type { ErrorCode } from './error-code.js';

const refusals = channel('rivulet.refusals');

/** Tells whoever counts, in this process, that somebody was answered with an error. What answers need not know of them. */
export function tellRefusal(code: ErrorCode): void {
  refusals.publish(code);
}

/** Hears of every refusal from now on. Returns what ends that. */
export function hearRefusals(hear: (code: ErrorCode) => void): () => void {
  const listener = (code: unknown): void => hear(code as ErrorCode);
  refusals.subscribe(listener);
  return () => void refusals.unsubscribe(listener);
}
