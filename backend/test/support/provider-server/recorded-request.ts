import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request as it came in, kept for the test to look at. */
export interface RecordedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  readonly model: string;
  /** The text of the last user message. */
  readonly prompt: string;
  /** Resolves when the client closes the connection before the reply has ended. */
  readonly leftByClient: Promise<void>;
  /** The client's port: requests that have the same one came on one connection. */
  readonly clientPort: number | undefined;
}

/** Reads a request to its end. */
export async function recordRequest(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<RecordedRequest> {
  const leftByClient = new Promise<void>((resolve) => {
    response.once('close', () => {
      if (!response.writableEnded) resolve();
    });
  });
  const body = JSON.parse((await text(request)) || '{}') as Record<string, unknown>;
  return {
    path: new URL(request.url ?? '/', 'http://localhost').pathname,
    headers: request.headers,
    body,
    model: typeof body.model === 'string' ? body.model : '',
    prompt: promptOf(body),
    leftByClient,
    clientPort: request.socket.remotePort,
  };
}

/** Responses call their messages `input`, both others `messages`; content is a text or a list of parts with text. */
function promptOf(body: Readonly<Record<string, unknown>>): string {
  const messages = (body.input ?? body.messages ?? []) as { role?: string; content?: unknown }[] | string;
  if (typeof messages === 'string') return messages;
  const content = messages.findLast(({ role }) => role === 'user')?.content ?? '';
  if (typeof content === 'string') return content;
  return (content as { text?: string }[]).map((part) => part.text ?? '').join('');
}
