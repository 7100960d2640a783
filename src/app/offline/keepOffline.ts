import type { PageStore } from '../page/pageStore';

/** Built beside the page by `scripts/lib/offline.mjs`. */
const WORKER = './offline.js';
/** The page has what it needs by then, and a run may have begun. */
const PAUSE_MS = 4000;

/**
 * Has the browser keep the page, once that is at rest, so that it opens without a connection from the next visit on. A newer version
 * comes beside it; the page then offers it, and goes on as it is until somebody wants it.
 */
export function keepOffline(page: PageStore, save: () => Promise<void>): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  let isWanted = false;
  serviceWorker.addEventListener('controllerchange', () => {
    // The first version takes charge by itself, of a page that is of that version.
    if (isWanted) window.location.reload();
  });
  const offer = (waiting: ServiceWorker): void =>
    page.setState({
      update() {
        isWanted = true;
        void save().then(() => waiting.postMessage('update'));
      },
    });
  const watch = (registration: ServiceWorkerRegistration): void => {
    if (registration.waiting && serviceWorker.controller) offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed' && serviceWorker.controller) offer(installing);
      });
    });
  };
  // Without it, as in private windows of some browsers, the page is as it ever was.
  const register = (): void =>
    void serviceWorker
      .register(WORKER)
      .then(watch)
      .catch(() => undefined);
  window.setTimeout(register, PAUSE_MS);
}
