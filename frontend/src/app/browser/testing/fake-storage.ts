import { filter, Subject, type Observable } from 'rxjs';
import type { BrowserStorage } from '../browser-storage';

/** What is kept lasts as long as the test. */
export class FakeStorage implements Pick<BrowserStorage, keyof BrowserStorage> {
  readonly values = new Map<string, string>();
  readonly #elsewhere = new Subject<string>();

  read(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  write(key: string, value: string): void {
    this.values.set(key, value);
  }

  remove(key: string): void {
    this.values.delete(key);
  }

  removeAll(beginning: string): void {
    for (const key of this.values.keys()) if (key.startsWith(beginning)) this.values.delete(key);
  }

  changes(key: string): Observable<unknown> {
    return this.#elsewhere.pipe(filter((changed) => changed === key));
  }

  /** Another tab has written it. */
  writtenElsewhere(key: string, value: string): void {
    this.values.set(key, value);
    this.#elsewhere.next(key);
  }
}
