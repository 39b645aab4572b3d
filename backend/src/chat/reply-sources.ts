import { Injectable } from '@nestjs/common';
import { responseCacheKey } from '../cache/response-cache-key.js';
import { ResponseCache, type CachedReply } from '../cache/response-cache.js';
import { LEAD_SECONDS, SingleFlight } from '../cache/single-flight.js';
import { AppConfig } from '../config/app-config.js';
import { ModelAccess } from '../plans/model-access.service.js';
import type { CatalogModel } from '../providers/model-catalog.js';
import type { ChunkSink } from '../providers/provider-adapter.js';
import { TextGenerator } from '../providers/text-generator.js';
import { TokenStream } from '../streaming/token-stream.js';
import { AttachmentRepository } from './attachment-repository.js';
import { cacheScopeOf } from './cache-scope.js';
import { settingsFor } from './checked-settings.js';
import { continuedConversation, conversationOf, type Turn } from './conversation.js';
import { followReply, type Leader } from './followed-reply.js';
import { SessionRepository, type Claim } from './session-repository.js';
import { fileIdsOf, takenBy, withFiles } from './told-files.js';

/** Where a reply comes from. `close` must be called in the end. */
export interface ReplySource {
  /** Streams the reply into `take`. Rejects as `TextGenerator.stream`, or with `LeaderLost`. */
  stream(take: ChunkSink): Promise<void>;
  /** Whether no model was asked for it. */
  readonly fromCache: boolean;
  /** Keeps the complete reply for whoever asks the same. */
  keep(reply: CachedReply): Promise<void>;
  close(): Promise<void>;
}

/** What a model is asked, before the files that it names are read. */
interface Question {
  readonly system?: string;
  readonly temperature?: number;
  readonly messages: readonly Turn[];
}

const nothing = (): Promise<void> => Promise.resolve();

/** The cache, the same reply while another session makes it, or the model. The plan is asked before any of them. */
@Injectable()
export class ReplySources {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly attachments: AttachmentRepository,
    private readonly models: ModelAccess,
    private readonly generator: TextGenerator,
    private readonly tokenStream: TokenStream,
    private readonly cache: ResponseCache,
    private readonly flight: SingleFlight,
    private readonly config: AppConfig,
  ) {}

  /** Opens the source of one attempt, in one round trip. Throws the codes of `ModelAccess.require`. */
  async open(claim: Claim, signal: AbortSignal): Promise<ReplySource> {
    const { session } = claim;
    const model = this.models.require(claim, session.modelId);
    const question = { ...settingsFor(model, claim), messages: takenBy(model, conversationFor(claim)) };
    const asked = {
      stream: (take: ChunkSink) => this.ask(model, question, take, signal),
      fromCache: false,
    };
    const key = this.cacheKey(claim, question);
    if (key === undefined) return { ...asked, keep: nothing, close: nothing };
    const keep = (reply: CachedReply): Promise<void> => this.cache.set(key, reply);
    if (session.cachePolicy !== 'USE') return { ...asked, keep, close: nothing };

    // Asked at once, in this order: a leader that ends between the two has cached its reply by then.
    const [leader, reply] = await Promise.all([this.flight.lead(key, session.id), this.cache.get(key)]);
    const close = leader === session.id ? this.leading(key, session.id) : nothing;
    if (reply) return { stream: (take) => retell(reply, take), fromCache: true, keep: nothing, close };
    return leader === session.id ? { ...asked, keep, close } : this.followed(key, leader, signal);
  }

  /** Files are read now, and not before: replies that are there already need none. */
  private async ask(
    model: CatalogModel,
    { messages, ...settings }: Question,
    take: ChunkSink,
    signal: AbortSignal,
  ): Promise<void> {
    const ids = fileIdsOf(messages);
    const files = ids.length === 0 ? new Map<string, Buffer>() : await this.attachments.contents(ids);
    const request = { ...settings, messages: withFiles(messages, files) };
    await this.generator.stream(model, request, take, signal);
  }

  private followed(key: string, sessionId: string, signal: AbortSignal): ReplySource {
    const leader = (): Leader => ({
      events: this.tokenStream.read(sessionId, 0, signal),
      saved: async () => (await this.sessions.saved(sessionId))?.message,
      release: () => this.flight.release(key, sessionId),
    });
    return { stream: (take) => followReply(leader(), take), fromCache: true, keep: nothing, close: nothing };
  }

  /** Goes on leading until the returned function is called. */
  private leading(key: string, sessionId: string): () => Promise<void> {
    const renewals = setInterval(() => void this.flight.lead(key, sessionId), (LEAD_SECONDS * 1000) / 2);
    return () => {
      clearInterval(renewals);
      return this.flight.release(key, sessionId);
    };
  }

  private cacheKey(claim: Claim, question: Question): string | undefined {
    const scope = cacheScopeOf(claim, this.config);
    return scope && responseCacheKey({ scope, modelId: claim.session.modelId, ...question });
  }
}

function conversationFor({ branch, continued }: Claim): Turn[] {
  const conversation = conversationOf(branch);
  return continued ? continuedConversation(conversation, continued.content) : conversation;
}

async function retell(
  { reasoning, content, inputTokens, outputTokens }: CachedReply,
  take: ChunkSink,
): Promise<void> {
  if (reasoning) await take({ type: 'reasoning', text: reasoning });
  await take({ type: 'text', text: content });
  if (inputTokens !== undefined && outputTokens !== undefined) {
    await take({ type: 'usage', inputTokens, outputTokens });
  }
}
