import type { BasinDocument } from '../../src/document/schema';
import type { ExportAnswer, PlanAnswer, PlanRequest, PlanWorkerApi } from '../protocol';
import { watchWorker } from './watchWorker';
import { WorkerHost, type ClientOptions, type WorkerLike } from './workerHost';

function spawnPlanWorker(): WorkerLike {
  return watchWorker(new Worker(new URL('../plan.worker.ts', import.meta.url), { type: 'module' }));
}

/** The page's end of the planning worker, which starts at the first use. One plan is made at a time. */
export class PlanClient {
  private readonly host: WorkerHost<PlanWorkerApi>;
  private last: Promise<unknown> = Promise.resolve();
  private newest: PlanRequest | null = null;

  constructor({ spawn = spawnPlanWorker, onSilent }: ClientOptions = {}) {
    this.host = new WorkerHost({ name: 'planner', spawn, onSilent });
  }

  /** The kernels of a document; null when a newer request overtook it. Rejects when two workers die of it or planning fails. */
  plan(request: PlanRequest): Promise<PlanAnswer | null> {
    this.newest = request;
    const answer = this.last.then(() => this.ask(request));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  /** A document as a PyTorch script with its files. Rejects when two workers die of it. */
  exportPytorch(document: BasinDocument): Promise<ExportAnswer> {
    return this.host.ask((api) => api.exportPytorch(document));
  }

  terminate(): void {
    this.newest = null;
    this.host.terminate();
  }

  private async ask(request: PlanRequest): Promise<PlanAnswer | null> {
    if (this.newest !== request) return null;
    const answer = await this.host.ask((api) => api.plan(request));
    return this.newest === request ? answer : null;
  }
}
