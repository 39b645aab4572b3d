import { Injectable, inject } from '@angular/core';
import { readDrawing, type Drawing, type DrawingRequest } from './drawing';
import { MERMAID, type MermaidFrame } from './mermaid';
import { quietMoment } from '../browser/quiet-moment';

/** Drawings kept for blocks that are rendered again; more than a chat has. */
const KEPT = 50;

/** Draws diagrams, one at a time. Nothing is loaded for it before the first one. */
@Injectable({ providedIn: 'root' })
export class Diagrams {
  readonly #open = inject(MERMAID);
  readonly #known = new Map<string, Drawing | 'refused'>();
  #mermaid?: MermaidFrame;
  #last: Promise<unknown> = Promise.resolve();

  /** What has been drawn already. */
  known(request: DrawingRequest): Drawing | 'refused' | undefined {
    return this.#known.get(keyOf(request));
  }

  /** Refused is what Mermaid does not understand; unavailable is Mermaid while the server is out of reach. */
  draw(request: DrawingRequest): Promise<Drawing | 'refused' | 'unavailable'> {
    const drawing = this.#last.then(() => this.known(request) ?? this.#draw(request));
    this.#last = drawing;
    return drawing;
  }

  async #draw(request: DrawingRequest): Promise<Drawing | 'refused' | 'unavailable'> {
    try {
      this.#mermaid ??= await this.#open();
    } catch {
      // The next diagram tries again.
      return 'unavailable';
    }
    await quietMoment();
    const drawing = (await this.#ask(this.#mermaid, request)) ?? 'refused';
    this.#keep(keyOf(request), drawing);
    return drawing;
  }

  async #ask(mermaid: MermaidFrame, request: DrawingRequest): Promise<Drawing | null> {
    try {
      return readDrawing(await mermaid.draw(request));
    } catch {
      // A diagram that is made to take for ever; others get another frame.
      mermaid.close();
      this.#mermaid = undefined;
      return null;
    }
  }

  #keep(key: string, drawing: Drawing | 'refused'): void {
    this.#known.set(key, drawing);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
  }
}

function keyOf({ source, colours }: DrawingRequest): string {
  return `${colours} ${source}`;
}
