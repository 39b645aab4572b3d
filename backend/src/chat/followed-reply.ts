import { AppError } from '../errors/app-error.js';
import type { GenerationChunk } from '../providers/provider-adapter.js';
import type { MessageEvent } from '../streaming/message-event.js';
import type { Message } from './message.js';

/** The reply that was followed will not be told to its end: it was stopped, or starts over. */
export class LeaderLost extends Error {
  constructor() {
    super('the reply that was followed is lost');
    this.name = 'LeaderLost';
  }
}

/**
 * The reply of another session as if a model said it. Its failure is passed on: asking once more for each follower is
 * what following is to avoid. Throws `LeaderLost` where somebody else has to make the reply now.
 */
export async function* followedReply(
  events: AsyncIterable<MessageEvent>,
  saved: () => Promise<Message | undefined>,
): AsyncGenerator<GenerationChunk, void, undefined> {
  let begun = false;
  for await (const event of events) {
    switch (event.type) {
      case 'token':
      case 'reasoning':
        begun = true;
        yield event.type === 'token'
          ? { type: 'text', text: event.content }
          : { type: 'reasoning', text: event.content };
        break;
      case 'restart':
        // A later attempt's log begins with it; in the middle it takes back what was passed on.
        if (begun) throw new LeaderLost();
        break;
      case 'error':
        throw new AppError(event.code, event.message, { retryAfterMs: event.retryAfterMs });
      case 'done':
        yield* ending(await saved());
        return;
      default:
        event satisfies never;
    }
  }
  throw new LeaderLost();
}

function* ending(message: Message | undefined): Generator<GenerationChunk> {
  if (message?.status !== 'COMPLETE') throw new LeaderLost();
  const { inputTokens, outputTokens } = message;
  if (inputTokens !== null && outputTokens !== null) yield { type: 'usage', inputTokens, outputTokens };
  yield { type: 'finish', reason: 'stop' };
}
