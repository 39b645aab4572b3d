import type { ChunkSink, FinishReason, GenerationChunk } from '../provider-adapter.js';

/** A reply that begins when somebody wants its chunks. */
export type UnreadReply = (take: ChunkSink) => Promise<void>;

/** A whole reply, as a test looks at it. */
export interface CollectedReply {
  readonly chunks: GenerationChunk[];
  text: string;
  reasoning: string;
  usage?: { readonly inputTokens: number; readonly outputTokens: number };
  finish?: FinishReason;
  /** What ended the stream, if it did not end by itself. */
  error?: unknown;
}

/** Reads a reply to its end, whichever end that is. */
export async function collectReply(stream: UnreadReply): Promise<CollectedReply> {
  const reply: CollectedReply = { chunks: [], text: '', reasoning: '' };
  try {
    await stream((chunk) => {
      reply.chunks.push(chunk);
      if (chunk.type === 'text') reply.text += chunk.text;
      else if (chunk.type === 'reasoning') reply.reasoning += chunk.text;
      else if (chunk.type === 'usage')
        reply.usage = { inputTokens: chunk.inputTokens, outputTokens: chunk.outputTokens };
      else reply.finish = chunk.reason;
      return undefined;
    });
  } catch (error) {
    reply.error = error;
  }
  return reply;
}

/** Reads a reply at the test's pace: until the next chunk is asked for, its reader has no room for more. */
export async function* chunksOf(stream: UnreadReply): AsyncGenerator<GenerationChunk, void> {
  const chunks: GenerationChunk[] = [];
  let come = Promise.withResolvers<void>();
  let room = Promise.withResolvers<void>();
  const ended = stream((chunk) => {
    chunks.push(chunk);
    come.resolve();
    return room.promise;
  });
  // Its failure is told by `next()`, if anybody asks.
  ended.catch(() => undefined);
  for (;;) {
    if (chunks.length === 0) await Promise.race([come.promise, ended]);
    const chunk = chunks.shift();
    if (!chunk) return;
    yield chunk;
    if (chunks.length > 0) continue;
    come = Promise.withResolvers();
    room.resolve();
    room = Promise.withResolvers();
  }
}
