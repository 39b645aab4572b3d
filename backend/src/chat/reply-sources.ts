import { Injectable } from '@nestjs/common';
import { responseCacheKey } from '../cache/response-cache-key.js';
import { ResponseCache, type CachedReply } from '../cache/response-cache.js';
import { LEAD_SECONDS, SingleFlight } from '../cache/single-flight.js';
import { AppConfig } from '../config/app-config.js';
import { ModelAccess } from '../plans/model-access.service.js';
import type { CatalogModel } from '../providers/model-catalog.js';
import type { GenerationChunk } from '../providers/provider-adapter.js';
import { TextGenerator } from '../providers/text-generator.js';
import { TokenStream } from '../streaming/token-stream.js';
import { AttachmentRepository } from './attachment-repository.js';
import { cacheScopeOf } from './cache-scope.js';
import { settingsFor } from './checked-settings.js';
import { continuedConversation, conversationOf, type Turn } from './conversation.js';
import { followedReply } from './followed-reply.js';
import { SessionRepository, type Claim } from './session-repository.js';
import { fileIdsOf, takenBy, withFiles } from './told-files.js';

/** Where a reply comes from. `close` must be called in the end. */
export interface ReplySource {
  chunks(): AsyncIterable<GenerationChunk> | Iterable<GenerationChunk>;
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
    const asked = { chunks: () => this.ask(model, question, signal), fromCache: false };
    const key = this.cacheKey(claim, question);
    if (key === undefined) return { ...asked, keep: nothing, close: nothing };
    const keep = (reply: CachedReply): Promise<void> => this.cache.set(key, reply);
    if (session.cachePolicy !== 'USE') return { ...asked, keep, close: nothing };

    // Asked at once, in this order: a leader that ends between the two has cached its reply by then.
    const [leader, reply] = await Promise.all([this.flight.lead(key, session.id), this.cache.get(key)]);
    const close = leader === session.id ? this.leading(key, session.id) : nothing;
    if (reply) return { chunks: () => chunksOf(reply), fromCache: true, keep: nothing, close };
    return leader === session.id ? { ...asked, keep, close } : this.followed(leader, signal);
  }

  /** Files are read now, and not before: replies that are there already need none. */
  private ask(model: CatalogModel, question: Question, signal: AbortSignal): AsyncIterable<GenerationChunk> {
    const { generator, attachments } = this;
    const ids = fileIdsOf(question.messages);
    const withRead = (files: ReadonlyMap<string, Buffer>) =>
      generator.stream(model, { ...question, messages: withFiles(question.messages, files) }, signal);
    if (ids.length === 0) return withRead(new Map());
    return (async function* () {
      yield* withRead(await attachments.contents(ids));
    })();
  }

  private followed(leader: string, signal: AbortSignal): ReplySource {
    const saved = async () => (await this.sessions.saved(leader))?.message;
    const chunks = () => followedReply(this.tokenStream.read(leader, 0, signal), saved);
    return { chunks, fromCache: true, keep: nothing, close: nothing };
  }

  /** Goes on leading until the returned function is called. */
  private leading(key: string, sessionId: string): () => Promise<void> {
    const renewals = setInterval(() => void this.flight.lead(key, sessionId), (LEAD_SECONDS * 1000) / 3);
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

function chunksOf({ reasoning, content, inputTokens, outputTokens }: CachedReply): GenerationChunk[] {
  const chunks: GenerationChunk[] = [];
  if (reasoning) chunks.push({ type: 'reasoning', text: reasoning });
  chunks.push({ type: 'text', text: content });
  if (inputTokens !== undefined && outputTokens !== undefined) {
    chunks.push({ type: 'usage', inputTokens, outputTokens });
  }
  return chunks;
}
