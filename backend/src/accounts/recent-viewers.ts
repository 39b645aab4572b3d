import type { FoundViewer } from './access-repository.js';
import type { Viewer } from './viewer.js';

/** How long a sign-in that was looked up is not looked up again, in milliseconds. */
const RECENT_MS = 5_000;

/** How many are kept at most. */
const MAX_RECENT = 10_000;

interface Entry {
  readonly found: Promise<FoundViewer | undefined>;
  /** Undefined while it is looked up. */
  userId?: string;
  /** Sooner than planned where the access ends by itself. */
  until: number;
}

/**
 * Who was there a moment ago: starting a reply and reading it come one after the other. What is changed takes effect at
 * once, by `forget`; where this process does not hear of it, within 5 s.
 */
export class RecentViewers {
  /** The ones looked up longest ago first. */
  readonly #entries = new Map<string, Entry>();

  /** @param now the time in milliseconds. */
  constructor(
    private readonly now: () => number = Date.now,
    private readonly maxRecent: number = MAX_RECENT,
  ) {}

  /** The viewer by what names the credential, from `lookUp` where nobody asked of late. Who is nobody is looked up each time. */
  async get(key: string, lookUp: () => Promise<FoundViewer | undefined>): Promise<Viewer | undefined> {
    const recent = this.#entries.get(key);
    if (recent && recent.until > this.now()) return (await recent.found)?.viewer;
    const entry: Entry = { found: lookUp(), until: this.now() + RECENT_MS };
    this.#add(key, entry);
    try {
      const found = await entry.found;
      if (found) {
        entry.userId = found.viewer.id;
        entry.until = Math.min(entry.until, this.now() + found.endsInMs);
      } else {
        this.#drop(key, entry);
      }
      return found?.viewer;
    } catch (error) {
      this.#drop(key, entry);
      throw error;
    }
  }

  /** To be called when something of the user has changed: a look-up that began before that is not kept either. */
  forget(userId: string): void {
    for (const [key, entry] of this.#entries) {
      if (entry.userId === undefined || entry.userId === userId) this.#entries.delete(key);
    }
  }

  forgetAll(): void {
    this.#entries.clear();
  }

  #add(key: string, entry: Entry): void {
    // Set anew, it moves to the end of the map's order.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    for (const [oldest, { until }] of this.#entries) {
      if (until > this.now() && this.#entries.size <= this.maxRecent) break;
      this.#entries.delete(oldest);
    }
  }

  #drop(key: string, entry: Entry): void {
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }
}
