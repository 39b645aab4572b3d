import { ByteBudget } from './byte-budget.js';
import { vendorError } from './vendor-failure.js';

/** Passes a body on, and breaks off, connection included, when it outgrows its budget. */
function boundedBody(body: ReadableStream<Uint8Array>, budget: ByteBudget, provider: string) {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        if (budget.admits(value)) return controller.enqueue(value);
        const error = vendorError(provider, 'too-large');
        controller.error(error);
        await reader.cancel(error);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/**
 * `fetch` for a vendor's SDK. It asks for an uncompressed body and follows no redirect: a redirect could carry the
 * key to somebody else. The body of a refusal, which the SDK reads whole, fails with PROVIDER_REJECTED where it is too
 * large; `streamVendorReply` reads all others, and bounds them.
 */
export function boundedFetch(provider: string): typeof fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('accept-encoding', 'identity');
    const response = await fetch(input, { ...init, headers, redirect: 'manual' });
    if (response.ok || !response.body) return response;
    return new Response(boundedBody(response.body, ByteBudget.ofRefusal(), provider), response);
  };
}
