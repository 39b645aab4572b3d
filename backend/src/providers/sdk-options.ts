import type { ProviderEndpoint } from '../config/app-config.js';
import { vendorFetch } from './vendor-fetch.js';

/** Node's longest timer: the SDKs' own deadlines never fire, ours do. */
const NO_TIMEOUT_MS = 2 ** 31 - 1;
/** Sent nowhere: the SDKs refuse to be built without a key, also for servers that need none. */
const NO_KEY = 'none';

/** What both vendors' SDKs are told alike: no retries, no deadlines, no log lines (they would quote replies), our fetch. */
export function sdkOptions(provider: string, endpoint: ProviderEndpoint) {
  return {
    apiKey: endpoint.apiKey ?? NO_KEY,
    maxRetries: 0,
    timeout: NO_TIMEOUT_MS,
    logLevel: 'off' as const,
    fetch: vendorFetch(provider),
  };
}
