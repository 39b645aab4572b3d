/**
 * An iterator whose `return()` takes effect at once. A native async generator that waits for a quiet promise
 * queues it until that promise settles, so a client that left would hold its reader until the next token.
 */
export function cancellable<T>(
  start: (signal: AbortSignal) => AsyncIterator<T, unknown, undefined>,
): AsyncIterableIterator<T> {
  const abort = new AbortController();
  const source = start(abort.signal);
  return {
    next: () => source.next() as Promise<IteratorResult<T, undefined>>,
    async return() {
      abort.abort();
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
