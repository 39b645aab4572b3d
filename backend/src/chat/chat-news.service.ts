import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Viewer } from '../accounts/viewer.js';
import { ChatBell } from '../bell/chat-bell.js';
import { ChatChangeRepository } from './chat-changes.js';
import { placeOfCursor } from './chat-list-cursor.js';
import { ChatListReading, type ChatListEvent } from './chat-list-reading.js';
import { OpenByUser } from './open-by-user.js';
import { OpenStreams } from './open-streams.js';

/** How late a change is told that nobody rang for, in milliseconds. */
const INTERVAL_MS = 3_000;

interface Reader {
  readonly userId: string;
  readonly reading: ChatListReading;
}

/**
 * Tells whoever follows their chats what has changed in them, whichever process changed it. The bell says whose chats to
 * look at, the database what has changed; every few seconds all are looked at, rung for or not, in one statement.
 */
@Injectable()
export class ChatNews implements OnModuleDestroy {
  private readonly logger = new Logger(ChatNews.name);
  readonly #open = new OpenByUser<Reader>(INTERVAL_MS, () => this.#lookAt(this.#open.all()));
  readonly #due = new Set<Reader>();
  #looking = false;
  #away = false;
  #stopListening?: () => void;

  constructor(
    private readonly changes: ChatChangeRepository,
    private readonly bell: ChatBell,
    private readonly openStreams: OpenStreams,
  ) {}

  onModuleDestroy(): void {
    this.#stopListening?.();
    this.#open.stop();
  }

  /**
   * What has changed in the viewer's chats since `after`, the cursor of an earlier event, and what changes; without end,
   * but with an error where the viewer is signed out. Begins with a reset where nothing is known.
   * Throws VALIDATION_FAILED.
   */
  follow(viewer: Viewer, after?: string): AsyncIterableIterator<ChatListEvent> {
    const reader: Reader = {
      userId: viewer.id,
      reading: new ChatListReading(after === undefined ? undefined : placeOfCursor(after), () => {
        unwatch();
        remove();
        this.#due.delete(reader);
      }),
    };
    const unwatch = this.openStreams.add(viewer, undefined, (error) => reader.reading.fail(error));
    const remove = this.#open.add(viewer.id, reader);
    // Not before: a worker has no readers, and each reply rings twice.
    this.#stopListening ??= this.bell.listen({
      changed: (userId) => this.#lookAt(this.#open.of(userId)),
      missed: () => this.#lookAt(this.#open.all()),
    });
    this.#lookAt([reader]);
    return reader.reading;
  }

  #lookAt(readers: Iterable<Reader>): void {
    for (const reader of readers) this.#due.add(reader);
    if (!this.#looking) void this.#look();
  }

  /** Looks for all who are due, together, until nobody is. Where PostgreSQL is away, the next round tries again. */
  async #look(): Promise<void> {
    this.#looking = true;
    try {
      while (this.#due.size > 0) {
        const readers = [...this.#due];
        this.#due.clear();
        const found = await this.changes.since(
          readers.map(({ userId, reading }) => ({ userId, after: reading.position })),
        );
        readers.forEach(({ reading }, index) => reading.take(found, found.changes[index] ?? []));
        this.#away = false;
      }
    } catch (error) {
      if (!this.#away) this.logger.warn(`changes of chats could not be looked up: ${String(error)}`);
      this.#away = true;
    } finally {
      this.#looking = false;
    }
  }
}
