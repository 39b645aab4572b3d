import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient, Session } from '../support/api-client.js';
import { promptFor } from './narrator.js';
import { PersistentClient } from './persistent-client.js';
import type { Random } from './random.js';
import { READER_KINDS, SoakReader, type ReaderKind } from './reader.js';
import type { SavedReply, SessionRecord, StartRecord } from './run-record.js';
import { nextStory, type Story } from './story.js';

const MODELS = ['openai/steady', 'anthropic/steady'];

interface UserOptions {
  readonly name: string;
  readonly client: ApiClient;
  readonly urls: () => readonly string[];
  readonly now: () => number;
  readonly random: Random;
  /** Aborts when nobody waits for anything any longer. */
  readonly signal: AbortSignal;
  readonly sessions: SessionRecord[];
  readonly starts: StartRecord[];
}

/** Somebody who chats: one story after the other. */
export class User {
  readonly #client: PersistentClient;
  readonly #stories: Random;
  #told = 0;

  constructor(private readonly options: UserOptions) {
    const { client, urls, random, signal } = options;
    this.#client = new PersistentClient(client, urls, random.fork('client'), signal);
    this.#stories = random.fork('stories');
  }

  /** The next story, to its end. */
  async next(): Promise<void> {
    const story = nextStory(this.#stories);
    const name = `${this.options.name}.${++this.#told}`;
    const prompt = promptFor(name, story.words, story.wordLength);
    const modelId = this.#stories.pick(MODELS);
    const asked = Array.from({ length: story.askers }, (_, index) =>
      this.#ask(story, prompt, modelId, `${name}/${index}`, index < story.stoppers),
    );
    await Promise.all(asked);
  }

  async #ask(story: Story, prompt: string, modelId: string, key: string, stops: boolean): Promise<void> {
    const askedMs = this.options.now();
    const times = Array.from({ length: story.twice ? 2 : 1 });
    const sessions = await Promise.all(times.map(() => this.#client.start(prompt, modelId, key)));
    this.options.starts.push({ key, sessionIds: sessions.map(({ id }) => id) });
    const session = sessions[0] as Session;
    const facts = { key, story: story.name, prompt, askedMs, readers: [] };
    const record: SessionRecord = { id: session.id, fresh: false, ...facts };
    await Promise.all([
      this.#watch(record, session, story),
      stops && this.#stop(record, story.stopAfterMs, session),
    ]);
    if (story.again) await this.#again(story, { ...facts, key: `${key}/again`, readers: [] }, session);
  }

  /** Another reply to the same; one that was asked for in vain is nobody's. */
  async #again(story: Story, facts: Omit<SessionRecord, 'id' | 'fresh'>, earlier: Session): Promise<void> {
    const askedMs = this.options.now();
    let session: Session;
    try {
      session = await this.#client.regenerate(earlier.assistantMessage.id);
    } catch {
      return;
    }
    await this.#watch({ ...facts, id: session.id, askedMs, fresh: true }, session, story);
  }

  async #stop(record: SessionRecord, afterMs: number, { id }: Session): Promise<void> {
    await delay(afterMs, undefined, { signal: this.options.signal });
    record.stopAskedMs = this.options.now();
    await this.#client.stop(id);
  }

  /** Reads the reply in several ways at once, then its place in history. */
  async #watch(record: SessionRecord, session: Session, story: Story): Promise<void> {
    this.options.sessions.push(record);
    const readers = this.#readersOf(story).map((kind, index) => {
      const { client, urls, now, signal } = this.options;
      const random = this.options.random.fork(`${record.key}/${index}`);
      return new SoakReader(kind, { client, sessionId: session.id, urls, now, random, signal });
    });
    record.readers.push(...readers.map(({ trace }) => trace));
    await readers[0]?.done;
    const history = await this.#client.history(session.chat.id);
    const message = history.find(({ id }) => id === session.assistantMessage.id);
    if (message) record.saved = replyOf(message);
    await Promise.all(readers.map(({ done }) => done));
  }

  #readersOf(story: Story): ReaderKind[] {
    if (story.wordLength > 0) return ['steady', 'stuck'];
    const kinds: ReaderKind[] = ['steady'];
    while (this.#stories.chance(0.45)) kinds.push(this.#stories.pick(READER_KINDS));
    return kinds;
  }
}

function replyOf({ status, content, errorCode }: SavedReply): SavedReply {
  return { status, content, errorCode };
}
