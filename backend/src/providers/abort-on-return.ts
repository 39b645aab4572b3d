import { LEFT } from './left.js';

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
        controller.abort(LEFT);
        return source.return(undefined);
      },
    }),
  };
}
