import { AppError } from '../errors/app-error.js';
import type { ChunkSink } from '../providers/provider-adapter.js';
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
 * Tells the reply of another session as if a model said it. Its failure is told as well: asking once more for each
 * follower is what following is to avoid. Throws `LeaderLost` where somebody else has to make the reply now.
 */
export async function followReply(
  events: AsyncIterable<MessageEvent>,
  saved: () => Promise<Message | undefined>,
  take: ChunkSink,
): Promise<void> {
  let begun = false;
  for await (const event of events) {
    switch (event.type) {
      case 'token':
      case 'reasoning':
        begun = true;
        await take({ type: event.type === 'token' ? 'text' : 'reasoning', text: event.content });
        break;
      case 'restart':
        // A later attempt's log begins with it; in the middle it takes back what was passed on.
        if (begun) throw new LeaderLost();
        break;
      case 'error':
        throw new AppError(event.code, event.message, { retryAfterMs: event.retryAfterMs });
      case 'done':
        return await end(await saved(), take);
      default:
        event satisfies never;
    }
  }
  throw new LeaderLost();
}

async function end(message: Message | undefined, take: ChunkSink): Promise<void> {
  if (message?.status !== 'COMPLETE') throw new LeaderLost();
  const { inputTokens, outputTokens } = message;
  if (inputTokens !== null && outputTokens !== null) await take({ type: 'usage', inputTokens, outputTokens });
  await take({ type: 'finish', reason: 'stop' });
}
