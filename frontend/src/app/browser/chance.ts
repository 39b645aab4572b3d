import { Injectable } from '@angular/core';

/** Where randomness comes from; tests bring their own. */
@Injectable({ providedIn: 'root' })
export class Chance {
  /** From 0 to just below 1. */
  fraction(): number {
    return Math.random();
  }

  /** A key that nobody else has. `crypto.randomUUID` is missing on plain HTTP, where many installations start. */
  key(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}
