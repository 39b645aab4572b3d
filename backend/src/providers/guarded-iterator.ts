/**
 * Makes an async generator end at once when its consumer leaves: `return()` aborts `controller` first. A native
 * generator alone would queue `return()` behind whatever it is waiting for, a silent vendor for instance.
 */
export function abortOnReturn<T>(
  source: AsyncGenerator<T, void>,
  controller: AbortController,
): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => source.next(),
      return: () => {
        controller.abort();
        return source.return(undefined);
      },
    }),
  };
}

/**
 * The next value of `iterator`, or a rejection with `signal.reason` as soon as the signal aborts, whatever the
 * iterator does about it.
 */
export function nextUnlessAborted<T>(
  iterator: AsyncIterator<T>,
  signal: AbortSignal,
): Promise<IteratorResult<T>> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    const settled = () => signal.removeEventListener('abort', abort);
    iterator.next().then(resolve, reject).finally(settled);
  });
}

/** Lets a source clean up after itself. Nobody waits for it: what fails after the end of a reply ends nothing. */
export function release(iterator: AsyncIterator<unknown>): void {
  void iterator.return?.().catch(() => undefined);
}
