/** What is put before this file when it is built: the page's files, and a name for exactly these. */
declare const BASIN_OFFLINE: { readonly version: string; readonly files: readonly string[] };

/** The part of a service worker's scope that is used here; the library of types for pages has none of it. */
interface ServiceWorker extends EventTarget {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
}
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

/**
 * Keeps the page for visits without a connection: all its files, under a name for this version. A newer version is fetched beside it and
 * waits until the user wants it, so that the parts of one page are always of one version.
 */
const worker = globalThis as unknown as ServiceWorker;
const PREFIX = 'basin-page-';
const NAME = PREFIX + BASIN_OFFLINE.version;

worker.addEventListener('install', (event) => {
  (event as Waiting).waitUntil(
    caches.open(NAME).then((cache) => cache.addAll([...BASIN_OFFLINE.files])),
  );
});

worker.addEventListener('activate', (event) => {
  (event as Waiting).waitUntil(removeOthers().then(() => worker.clients.claim()));
});

worker.addEventListener('message', (event) => {
  if ((event as MessageEvent).data === 'update') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event as Fetching;
  const isOurs = request.url.startsWith(worker.registration.scope);
  if (request.method === 'GET' && isOurs) (event as Fetching).respondWith(answer(request));
});

async function removeOthers(): Promise<void> {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(others.map((name) => caches.delete(name)));
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  if (request.mode === 'navigate') return page(request, cache);
  const known = await cache.match(request, { ignoreVary: true });
  if (known) return known;
  const reply = await fetch(request);
  // What few need, such as another build of an engine, is kept when somebody did.
  if (reply.ok && reply.status === 200) await cache.put(request, reply.clone());
  return reply;
}

/** The page itself, at whatever address; inside another page the server says whether it may be there. */
async function page(request: Request, cache: Cache): Promise<Response> {
  const known = await cache.match(worker.registration.scope, { ignoreVary: true });
  if (new URL(request.url).searchParams.has('embed') || known === undefined) {
    try {
      return await fetch(request);
    } catch (error) {
      if (known === undefined) throw error;
    }
  }
  return known;
}
