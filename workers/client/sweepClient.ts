import type { SweepWorkerApi, TrialAnswer, TrialRequest } from '../protocol';
import { watchWorker } from './watchWorker';
import { WorkerHost, workerCallback, type ClientOptions, type WorkerLike } from './workerHost';

function spawnSweepWorker(): WorkerLike {
  return watchWorker(
    new Worker(new URL('../sweep.worker.ts', import.meta.url), { type: 'module' }),
  );
}

/** The page's end of one sweep worker: a trial at a time. */
export class SweepClient {
  private readonly host: WorkerHost<SweepWorkerApi>;

  constructor({ spawn = spawnSweepWorker, onSilent }: ClientOptions = {}) {
    this.host = new WorkerHost({ name: 'worker of a sweep', spawn, onSilent });
  }

  /** Never rejects: failures are diagnostics of the answer. A trial whose worker dies or is restarted begins anew on another one, once. */
  async run(request: TrialRequest, onStep: (step: number) => void): Promise<TrialAnswer> {
    try {
      const answer = await this.host.ask((api) => api.run(request, workerCallback(onStep)));
      // Its memory may be full or damaged: the next trial gets a new worker.
      if (answer.outcome === null) this.host.terminate();
      return answer;
    } catch (error) {
      const message = `The trial's worker stopped: ${error instanceof Error ? error.message : String(error)}.`;
      return {
        outcome: null,
        diagnostics: [{ code: 'run.failed', severity: 'error', message }],
      };
    }
  }

  /** Ends the worker, and what it computes: a call that is under way does not come back. */
  terminate(): void {
    this.host.terminate();
  }
}
