import { Injectable, signal } from '@angular/core';
import { nextTask } from '../browser/next-task';

/**
 * What reads Markdown is compiled while it reads the first text. On a phone that takes as long as all else that a chat is shown
 * with, so it has a task of its own, and the page answers before and after it.
 */
@Injectable({ providedIn: 'root' })
export class FirstReading {
  readonly #over = signal(false);
  #texts: (() => void)[] | null = null;

  /** What has been there to be read first has been read. */
  readonly over = this.#over.asReadonly();

  /** For what is being created: the texts in it are read in the next task, if they are the first of the page. */
  hold(): void {
    if (this.#over() || this.#texts) return;
    this.#texts = [];
    void nextTask().then(() => this.#readAll());
  }

  /** Reads a text at once, or together with the first ones. */
  read(text: () => void): void {
    if (this.#texts) this.#texts.push(text);
    else text();
  }

  #readAll(): void {
    const texts = this.#texts ?? [];
    this.#texts = null;
    this.#over.set(true);
    for (const text of texts) text();
  }
}
