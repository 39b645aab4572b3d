/**
 * Keeps the page itself on the device, so that it opens where the server cannot be reached. Pages are asked for at the
 * server first: nobody who can reach it sees an old one. Answers of the API never pass through here.
 *
 * One cache serves all versions, since names carry a hash. A new worker adds its version's files at once and takes the
 * old ones away when it takes over, which is when the last tab of the old version is gone.
 */
export {};

declare const self: ServiceWorkerGlobalScope;
/** Paths of all files of this version; the build names them. */
declare const FILES: readonly string[];

const CACHE = 'page';
/** Every page is the same one. A stored answer has its headers with it, so policy and page have the same nonce. */
const PAGE = '/';
/** As in the backend's static-files.ts: what is not somebody else's, and names no file. */
const PAGES =
  /^\/(?!(?:attachments|auth|billing|export|graphql|health|metrics|playground)(?:\/|$))(?:[^/]*\/)*[^/.]*$/i;
const HASHED = /^\/(?:media\/)?[^/]+-[\w-]{8}\.(?:js|css|woff2?|ttf)$/;
const FONT = /\.(?:woff2?|ttf)$/;

self.addEventListener('install', (event) => event.waitUntil(keepVersion()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== self.location.origin) return;
  if (mode === 'navigate') {
    if (PAGES.test(pathname)) event.respondWith(newest(event, PAGE));
  } else if (HASHED.test(pathname)) event.respondWith(once(event, pathname));
  else if (FILES.includes(pathname)) event.respondWith(newest(event, pathname));
});

/** Fonts are many, and most are never asked for: they are kept as they come. */
async function keepVersion(): Promise<void> {
  const cache = await caches.open(CACHE);
  const known = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  const wanted = FILES.filter((file) => !FONT.test(file) && !(HASHED.test(file) && known.includes(file)));
  const page = await fetch(PAGE);
  const html = await page.clone().text();
  const named = Array.from(html.matchAll(/(?:src|href)="([^"]+)"/g), ([, path]) => `/${path}`);
  // While servers are being replaced, worker and page may come from different ones. It is tried again later.
  if (!page.ok || page.redirected || named.some((path) => HASHED.test(path) && !FILES.includes(path)))
    throw new Error('The page is none of this version.');
  await cache.addAll(wanted);
  await cache.put(PAGE, page);
}

async function takeOver(): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== PAGE && !FILES.includes(pathname)) await cache.delete(request);
  }
  // The tab of the first visit is served from now on, too.
  await self.clients.claim();
}

/** What never changes: asked for once. */
async function once(event: FetchEvent, path: string): Promise<Response> {
  return (await kept(path)) ?? ask(event, path);
}

/** What the server has now, or else what it had last. */
async function newest(event: FetchEvent, path: string): Promise<Response> {
  try {
    const response = await ask(event, path);
    // A proxy says that there is no server behind it.
    return [502, 503, 504].includes(response.status) ? ((await kept(path)) ?? response) : response;
  } catch (error) {
    const last = await kept(path);
    if (last) return last;
    throw error;
  }
}

async function ask(event: FetchEvent, path: string): Promise<Response> {
  const response = await fetch(event.request);
  const copy = response.clone();
  if (response.ok) event.waitUntil(caches.open(CACHE).then((cache) => cache.put(path, copy)));
  return response;
}

function kept(path: string): Promise<Response | undefined> {
  return caches.match(path, { cacheName: CACHE, ignoreVary: true });
}
