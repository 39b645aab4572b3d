import { DOCUMENT, Injectable, inject } from '@angular/core';

const OWNER = 'owner';
const ENTRIES = 'entries';
const AGE = 'age';

/** What is kept at the most, newest first; sizes in characters of JSON. */
const MOST_ENTRIES = 50;
const MOST_SIZE = 5_000_000;
const LARGEST_ENTRY = 1_000_000;

interface Entry {
  readonly key: string;
  readonly value: unknown;
  readonly keptAt: number;
  readonly size: number;
}

interface Stores {
  readonly owner: IDBObjectStore;
  readonly entries: IDBObjectStore;
}

/**
 * What somebody has seen, kept on this device for when the server cannot be reached (IndexedDB). It is one person's at a
 * time, and nobody else's page adds to it or reads it. Where the browser keeps nothing, it is forgotten instead.
 */
@Injectable({ providedIn: 'root' })
export class KeptData {
  readonly #factory: IDBFactory | undefined = inject(DOCUMENT).defaultView?.indexedDB;
  #database: Promise<IDBDatabase> | null = null;
  #owner: string | null = null;

  /** Whose it is from here on; what was another's is deleted. `null`: nobody's, and nothing is kept. */
  async belongTo(owner: string | null): Promise<void> {
    this.#owner = owner;
    await this.#attempt('readwrite', async (stores) => {
      if ((await ownerIn(stores)) === owner) return;
      stores.entries.clear();
      if (owner === null) stores.owner.delete(OWNER);
      else stores.owner.put(owner, OWNER);
    });
  }

  /** Replaces what was kept under the key. What is oldest makes room; what is too large is not kept. */
  async keep(key: string, value: unknown): Promise<void> {
    const size = JSON.stringify(value).length;
    if (size > LARGEST_ENTRY) return this.forget(key);
    await this.#change(({ entries }) => {
      entries.put({ key, value, keptAt: Date.now(), size } satisfies Entry);
      dropOldest(entries);
    });
  }

  async read<T>(key: string): Promise<T | null> {
    const entry = await this.#attempt('readonly', async (stores) => {
      const owner = await ownerIn(stores);
      // Before the server was reached, nobody is known here but who was here last.
      if (this.#owner !== null && owner !== this.#owner) return undefined;
      return answerOf<Entry | undefined>(stores.entries.get(key) as IDBRequest<Entry | undefined>);
    });
    return (entry?.value as T | undefined) ?? null;
  }

  async forget(key: string): Promise<void> {
    await this.#change(({ entries }) => void entries.delete(key));
  }

  /** Forgets every key that begins so and is not among `known`. */
  async forgetOthers(beginning: string, known: readonly string[]): Promise<void> {
    await this.#change(async ({ entries }) => {
      for (const key of await answerOf(entries.getAllKeys())) {
        if (typeof key === 'string' && key.startsWith(beginning) && !known.includes(key)) entries.delete(key);
      }
    });
  }

  /** Only while it is still this person's: somebody else may have come, or they have gone, by another tab. */
  async #change(change: (stores: Stores) => Promise<void> | void): Promise<void> {
    const owner = this.#owner;
    if (owner === null) return;
    await this.#attempt('readwrite', async (stores) => {
      if ((await ownerIn(stores)) === owner) await change(stores);
    });
  }

  /** Within one transaction: an action waits for nothing but the stores' answers. */
  async #attempt<T>(
    mode: IDBTransactionMode,
    action: (stores: Stores) => Promise<T>,
  ): Promise<T | undefined> {
    if (!this.#factory) return undefined;
    try {
      const transaction = (await this.#open(this.#factory)).transaction([OWNER, ENTRIES], mode);
      const stores = { owner: transaction.objectStore(OWNER), entries: transaction.objectStore(ENTRIES) };
      const [result] = await Promise.all([action(stores), endOf(transaction)]);
      return result;
    } catch (error) {
      if (error instanceof DOMException) return undefined;
      throw error;
    }
  }

  #open(factory: IDBFactory): Promise<IDBDatabase> {
    this.#database ??= opened(factory).catch((error: unknown) => {
      this.#database = null;
      throw error;
    });
    return this.#database;
  }
}

function opened(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open('rivulet', 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(OWNER);
    // The size is in the index, so that making room reads no values.
    request.result.createObjectStore(ENTRIES, { keyPath: 'key' }).createIndex(AGE, ['keptAt', 'size']);
  };
  return answerOf(request);
}

async function ownerIn({ owner }: Stores): Promise<string | null> {
  return (await answerOf<string | undefined>(owner.get(OWNER) as IDBRequest<string | undefined>)) ?? null;
}

function dropOldest(entries: IDBObjectStore): void {
  let count = 0;
  let size = 0;
  const request = entries.index(AGE).openKeyCursor(null, 'prev');
  request.onsuccess = () => {
    const cursor = request.result;
    if (!cursor) return;
    const [, own] = cursor.key as [keptAt: number, size: number];
    count += 1;
    size += own;
    if (count > MOST_ENTRIES || size > MOST_SIZE) entries.delete(cursor.primaryKey);
    cursor.continue();
  };
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException('refused'));
  });
}

function endOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('aborted'));
  });
}
