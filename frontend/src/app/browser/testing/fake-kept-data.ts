import type { KeptData } from '../kept-data';

/** What is kept lasts as long as the test. */
export class FakeKeptData implements Pick<KeptData, keyof KeptData> {
  readonly values = new Map<string, unknown>();
  owner: string | null = null;

  belongTo(owner: string | null): Promise<void> {
    if (owner !== this.owner) this.values.clear();
    this.owner = owner;
    return Promise.resolve();
  }

  keep(key: string, value: unknown): Promise<void> {
    if (this.owner !== null) this.values.set(key, value);
    return Promise.resolve();
  }

  read<T>(key: string): Promise<T | null> {
    return Promise.resolve((this.values.get(key) as T | undefined) ?? null);
  }

  forget(key: string): Promise<void> {
    this.values.delete(key);
    return Promise.resolve();
  }

  forgetOthers(beginning: string, known: readonly string[]): Promise<void> {
    for (const key of this.values.keys()) {
      if (key.startsWith(beginning) && !known.includes(key)) this.values.delete(key);
    }
    return Promise.resolve();
  }
}
