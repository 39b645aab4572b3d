import { Injectable } from '@angular/core';
import { quietMoment } from '../browser/quiet-moment';

/** Gives everybody with work to do a moment of their own: two pieces of it never come in one. */
@Injectable({ providedIn: 'root' })
export class QuietTurns {
  #last = Promise.resolve();

  next(): Promise<void> {
    this.#last = this.#last.then(quietMoment);
    return this.#last;
  }
}
