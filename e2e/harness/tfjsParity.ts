import type { TfjsAnswer, TfjsParity, TfjsRequest } from './tfjs.worker';

/** Compares TensorFlow.js on a backend with the reference engine, in a worker of its own. */
export function compareTfjs(request: TfjsRequest): Promise<TfjsParity> {
  const worker = new Worker(new URL('./tfjs.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<TfjsParity>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<TfjsAnswer>) => {
      if ('value' in data) resolve(data.value);
      else reject(new Error(data.error));
    });
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
