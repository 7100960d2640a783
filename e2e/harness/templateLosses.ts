import { wrap } from 'comlink';
import type { BasinDocument } from '../../src/document/schema';
import type { TemplatesWorker } from './templates.worker';

/** Trains a document for some steps on each engine, in a worker of its own, and gives the losses by engine. */
export async function templateLosses(
  documentText: string,
  engines: readonly string[],
  steps: number,
): Promise<Record<string, number[]>> {
  const document = JSON.parse(documentText) as BasinDocument;
  const worker = new Worker(new URL('./templates.worker.ts', import.meta.url), { type: 'module' });
  const remote = wrap<TemplatesWorker>(worker);
  try {
    const result: Record<string, number[]> = {};
    for (const engine of engines) result[engine] = await remote.losses(document, engine, steps);
    return result;
  } finally {
    worker.terminate();
  }
}
