import { expose } from 'comlink';
import { newId } from '../src/core/newId';
import { answerPings } from './heartbeat';
import { LIFE_LOCK } from './protocol';

/**
 * Offers `api` to the page, as Comlink does, and lets the page know when this worker breaks:
 *
 * - A rejection that nobody handles ends as an error of the worker; browsers keep it to themselves otherwise, and the page
 *   would wait for ever.
 * - A lock is held for as long as the worker lives. The browser frees it when it ends the worker, for want of memory
 *   say, which it does without a word.
 * - It answers when it is asked whether it is there.
 */
export function exposeWorker(api: object): void {
  expose(api);
  answerPings(self, (message) => self.postMessage(message));
  self.addEventListener('unhandledrejection', ({ reason }: PromiseRejectionEvent) => {
    self.reportError(reason);
  });
  if (!('locks' in navigator)) return;
  const name = `basin-worker-${newId()}`;
  void navigator.locks.request(name, () => {
    self.postMessage({ [LIFE_LOCK]: name });
    return new Promise<never>(() => undefined);
  });
}
