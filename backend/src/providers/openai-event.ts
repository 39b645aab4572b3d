import { APIError } from 'openai';
import type { ServerSentEvent } from './server-sent-events.js';

/** What servers of OpenAI's format send after the last event. */
const END_MARKER = '[DONE]';

/**
 * What stands in an event of OpenAI's formats; undefined for the end marker. Throws the SDK's `APIError` for an error
 * in mid-stream, as the SDK does, and `SyntaxError` for what cannot be read.
 */
export function openAiEvent<T extends object>(
  { event, data }: ServerSentEvent,
  headers: Headers,
): T | undefined {
  if (data === END_MARKER) return undefined;
  const content = JSON.parse(data) as T & { readonly error?: object };
  if (event === 'error' || content.error) {
    throw new APIError(undefined, content.error ?? content, undefined, headers);
  }
  return content;
}
