import type { ProbeAnswer, ProbeRequest, ProbeWorkerApi } from '../protocol';
import { WorkerDiedError, WorkerHost, type WorkerLike } from './workerHost';

function spawnProbeWorker(): WorkerLike {
  return new Worker(new URL('../probe.worker.ts', import.meta.url), { type: 'module' });
}

/**
 * The page's end of the probe worker. One probe runs at a time and only the newest request waits: a slow probe skips
 * snapshots instead of falling behind. Answers for a run or revision that is no longer asked about are dropped.
 */
export class ProbeClient {
  private readonly host: WorkerHost<ProbeWorkerApi>;
  private waiting: ProbeRequest | null = null;
  private newest: ProbeRequest | null = null;
  private busy = false;

  constructor(
    private readonly onAnswer: (answer: ProbeAnswer) => void,
    spawn: () => WorkerLike = spawnProbeWorker,
  ) {
    this.host = new WorkerHost(spawn);
  }

  /** Asks for a report; it comes through `onAnswer`, unless a newer request overtakes this one. */
  request(request: ProbeRequest): void {
    if (this.newest?.runId !== request.runId) this.host.forgive();
    this.newest = request;
    this.waiting = request;
    if (!this.busy) void this.work();
  }

  /** Drops what waits and what is being computed: the run has been closed. */
  cancel(): void {
    this.waiting = null;
    this.newest = null;
  }

  terminate(): void {
    this.cancel();
    this.host.terminate();
  }

  private async work(): Promise<void> {
    this.busy = true;
    for (let request = this.waiting; request; request = this.waiting) {
      this.waiting = null;
      const answer = await this.ask(request);
      const isLate =
        this.newest?.runId !== answer.runId || this.newest.revision !== answer.revision;
      if (!isLate) this.onAnswer(answer);
    }
    this.busy = false;
  }

  private async ask(request: ProbeRequest): Promise<ProbeAnswer> {
    try {
      return await this.host.call((api) => api.probe(request));
    } catch (error) {
      const { runId, revision } = request;
      // The next request starts another worker.
      const message =
        error instanceof WorkerDiedError
          ? `The probe worker stopped: ${error.message}. It is started again for the next snapshot.`
          : `The probe failed: ${String(error)}`;
      return {
        runId,
        revision,
        report: null,
        diagnostics: [{ code: 'run.failed', severity: 'warning', message }],
      };
    }
  }
}
