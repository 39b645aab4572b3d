import type { ReplySoFar } from './reply-so-far.js';

/** What this page tells about the latest run, below its result. */
export interface Notes {
  /** Variables that the page filled in. */
  readonly filled: Readonly<Record<string, string>>;
  readonly reply?: ReplySoFar;
}

const NONE: Notes = { filled: {} };

/** Holds the notes of the latest run for React's `useSyncExternalStore`. */
export class RunNotes {
  #notes = NONE;
  readonly #listeners = new Set<() => void>();

  readonly current = (): Notes => this.#notes;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A run begins: what stood here spoke of another one. */
  begin(): void {
    this.#set(NONE);
  }

  filledIn(filled: Readonly<Record<string, string>>): void {
    this.#set({ ...this.#notes, filled });
  }

  replyGrew(reply: ReplySoFar): void {
    this.#set({ ...this.#notes, reply });
  }

  #set(notes: Notes): void {
    this.#notes = notes;
    for (const listener of this.#listeners) listener();
  }
}
