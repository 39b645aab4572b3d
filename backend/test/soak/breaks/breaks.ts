import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { Break } from '../options.js';
import { UnfaithfulProxy } from './unfaithful-proxy.js';

/** Where readers find the API processes. */
interface Delivery {
  readonly urls: () => readonly string[];
  close(): Promise<void>;
}

/** What the processes are told so that they break their promise. */
export function breakEnvironment(kind: Break | undefined): Record<string, string> {
  if (kind !== 'skip-fencing') return {};
  const preload = pathToFileURL(join(import.meta.dirname, 'skip-fencing.mjs')).href;
  return { NODE_OPTIONS: `--import=${preload}` };
}

/** The way to the API processes, with somebody on it where that is asked for. */
export function deliveryOf(kind: Break | undefined, urls: () => readonly string[]): Delivery {
  if (kind !== 'drop-event' && kind !== 'repeat-event') return { urls, close: () => Promise.resolve() };
  const copies = kind === 'drop-event' ? 0 : 2;
  const proxies = new Map<string, UnfaithfulProxy>();
  const proxyOf = (url: string): string => {
    const proxy = proxies.get(url) ?? new UnfaithfulProxy(url, copies);
    proxies.set(url, proxy);
    return proxy.url;
  };
  return {
    urls: () => urls().map(proxyOf),
    close: async () => {
      await Promise.all([...proxies.values()].map((proxy) => proxy.close()));
    },
  };
}
