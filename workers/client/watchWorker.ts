import { LIFE_LOCK } from '../protocol';
import type { WorkerLike } from './workerHost';

/** A worker, with `ended` for an end that it does not tell of itself: see `exposeWorker`. */
export function watchWorker(worker: Worker): WorkerLike {
  const ended = new Promise<void>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const name: unknown =
        typeof data === 'object' && data !== null ? Reflect.get(data, LIFE_LOCK) : undefined;
      // Granted as soon as the worker does not hold it any more.
      if (typeof name === 'string') void navigator.locks.request(name, () => resolve());
    });
  });
  return Object.assign(worker, { ended });
}
