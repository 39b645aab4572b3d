/**
 * `fetch` whose response fails when nothing, not even a ping, has arrived for a while: a laptop that wakes up or a
 * phone that changed networks holds connections that will never say anything again.
 */
export function watchedFetch(silenceMs: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!response.ok || !response.body) return response;
    const { status, headers } = response;
    return new Response(watched(response.body.getReader(), silenceMs, init?.signal), { status, headers });
  };
}

type Chunk = Uint8Array<ArrayBuffer>;
type Reader = ReadableStreamDefaultReader<Chunk>;

function watched(reader: Reader, silenceMs: number, signal?: AbortSignal | null): ReadableStream<Chunk> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Nobody reads an aborted response on, so nobody would clear the last timer.
  signal?.addEventListener('abort', () => clearTimeout(timer), { once: true });
  return new ReadableStream({
    async pull(controller) {
      timer = setTimeout(() => {
        controller.error(new TypeError('The stream went silent.'));
        void reader.cancel();
      }, silenceMs);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
