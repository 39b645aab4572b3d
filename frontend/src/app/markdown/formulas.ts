import { Injectable, inject } from '@angular/core';
import type { KatexOptions } from 'katex';
import { CLOCK } from './clock';
import { KATEX, type Typesetter } from './katex';
import { quietMoment } from '../browser/quiet-moment';
import { sanitizeFormula } from './sanitize';

/** Nobody but the model wrote them: no links, no images, no endless macros, nothing larger than a hand. Sizes are in em. */
const OPTIONS: KatexOptions = {
  trust: false,
  strict: 'ignore',
  maxExpand: 500,
  maxSize: 20,
  throwOnError: true,
};
const WAITING = '.formula:not(.open, .set, .refused)';
/** Milliseconds in a row; half a frame. */
const SHIFT = 8;
/** Formulas kept for text that is rendered again; more than a screen holds. */
const KEPT = 300;

/**
 * Sets formulas in type: `setNow` what the frame has time for, `setSoon` the rest. What cannot be set, or not now, keeps
 * showing its source.
 */
@Injectable({ providedIn: 'root' })
export class Formulas {
  readonly #load = inject(KATEX);
  readonly #now = inject(CLOCK);
  /** By what is set: the node to copy. A growing paragraph needs its formulas again with every word. */
  readonly #known = new Map<string, Element>();
  readonly #waiting = new Set<ParentNode & Node>();
  #typesetter?: Typesetter;
  #working = false;
  #shiftBegan = -Infinity;

  /** Before `root` is shown: its formulas appear in the frame in which they are complete. */
  setNow(root: ParentNode): void {
    for (const place of root.querySelectorAll<HTMLElement>(WAITING)) {
      const known = this.#known.get(keyOf(place));
      if (known) place.replaceWith(known.cloneNode(true));
      else if (this.#typesetter && this.#hasTime()) this.#set(place, this.#typesetter);
    }
  }

  /** What is still waiting below `host` is set in quiet moments; the first one loads what is needed for it. */
  setSoon(host: ParentNode & Node): void {
    if (!host.querySelector(WAITING)) return;
    this.#waiting.add(host);
    if (!this.#working) void this.#work();
  }

  async #work(): Promise<void> {
    this.#working = true;
    try {
      this.#typesetter ??= await this.#load();
      while (this.#waiting.size > 0) {
        await quietMoment();
        this.#workAShift();
      }
    } catch {
      // The server is out of reach, or has newer files by now: the sources stay, the next formula tries again.
      this.#waiting.clear();
    } finally {
      this.#working = false;
    }
  }

  #workAShift(): void {
    this.#shiftBegan = this.#now();
    for (const host of this.#waiting) {
      if (host.isConnected) this.setNow(host);
      if (host.isConnected && host.querySelector(WAITING)) return;
      this.#waiting.delete(host);
    }
  }

  #hasTime(): boolean {
    const now = this.#now();
    if (now - this.#shiftBegan > 2 * SHIFT) this.#shiftBegan = now;
    return now - this.#shiftBegan <= SHIFT;
  }

  #set(place: HTMLElement, typesetter: Typesetter): void {
    const key = keyOf(place);
    const set = place.cloneNode(false) as HTMLElement;
    try {
      typesetter(place.textContent, set, { ...OPTIONS, displayMode: place.classList.contains('display') });
      sanitizeFormula(set);
      set.classList.add('set');
    } catch {
      // No formula, or one that KaTeX does not know, or one made to exhaust the stack: its source is the best there is.
      set.replaceChildren(place.textContent);
      set.classList.add('refused');
    }
    this.#keep(key, set);
    place.replaceWith(set.cloneNode(true));
  }

  #keep(key: string, set: Element): void {
    this.#known.set(key, set);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
  }
}

function keyOf({ className, textContent }: Element): string {
  return `${className} ${textContent}`;
}
