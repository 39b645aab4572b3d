import { ApolloCache } from '@apollo/client/cache';

/** Where Apollo would keep what it has read: nowhere. It asks only under other policies than `no-cache`. */
export class NoCache extends ApolloCache {
  override read(): null {
    return null;
  }

  override write(): undefined {
    return undefined;
  }

  override diff(): never {
    throw new Error('Nothing is kept.');
  }

  override watch(): () => void {
    return () => undefined;
  }

  override reset(): Promise<void> {
    return Promise.resolve();
  }

  override evict(): boolean {
    return false;
  }

  override restore(): this {
    return this;
  }

  override extract(): undefined {
    return undefined;
  }

  override removeOptimistic(): void {
    // There is none.
  }

  override fragmentMatches(): boolean {
    return true;
  }

  override performTransaction(): void {
    // There is nothing to change.
  }
}
