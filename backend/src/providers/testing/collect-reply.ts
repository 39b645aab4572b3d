import type { FinishReason, GenerationChunk } from '../provider-adapter.js';

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

/** Reads a stream to its end, whichever end that is. */
export async function collectReply(stream: AsyncIterable<GenerationChunk>): Promise<CollectedReply> {
  const reply: CollectedReply = { chunks: [], text: '', reasoning: '' };
  try {
    for await (const chunk of stream) {
      reply.chunks.push(chunk);
      if (chunk.type === 'text') reply.text += chunk.text;
      else if (chunk.type === 'reasoning') reply.reasoning += chunk.text;
      else if (chunk.type === 'usage')
        reply.usage = { inputTokens: chunk.inputTokens, outputTokens: chunk.outputTokens };
      else reply.finish = chunk.reason;
    }
  } catch (error) {
    reply.error = error;
  }
  return reply;
}
