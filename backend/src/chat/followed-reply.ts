import { AppError } from '../errors/app-error.js';
import type { ErrorCode } from '../errors/error-code.js';
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

/** The session whose reply is followed. */
export interface Leader {
  readonly events: AsyncIterable<MessageEvent>;
  /** Its reply as it was saved, `undefined` where that is gone. */
  saved(): Promise<Message | undefined>;
  /** Ends its lead. Its worker does so as well, unless it died in the moment after the end was told. */
  release(): Promise<void>;
}

/** Failures of the leader's chat and its time, which a follower has of its own. */
const ITS_OWN: ReadonlySet<ErrorCode> = new Set(['NOT_FOUND', 'SESSION_EXPIRED']);

/**
 * Tells the reply of another session as if a model said it. A model's failure is told as well: asking once more for
 * each follower is what following is to avoid. Throws `LeaderLost` where somebody else has to make the reply now.
 */
export async function followReply(leader: Leader, take: ChunkSink): Promise<void> {
  let begun = false;
  for await (const event of leader.events) {
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
        await leader.release();
        if (ITS_OWN.has(event.code)) throw new LeaderLost();
        throw new AppError(event.code, event.message, { retryAfterMs: event.retryAfterMs });
      case 'done':
        return await end(leader, take);
      default:
        event satisfies never;
    }
  }
  throw new LeaderLost();
}

async function end(leader: Leader, take: ChunkSink): Promise<void> {
  const message = await leader.saved();
  if (message?.status !== 'COMPLETE') {
    await leader.release();
    throw new LeaderLost();
  }
  const { inputTokens, outputTokens } = message;
  if (inputTokens !== null && outputTokens !== null) await take({ type: 'usage', inputTokens, outputTokens });
  await take({ type: 'finish', reason: 'stop' });
}
