import type { Diagnostic } from '../../src/core/diagnostic';
import type { ProbeAnswer, ProbeRequest, ProbeWorkerApi } from '../protocol';
import { watchWorker } from './watchWorker';
import { WorkerDiedError, WorkerHost, type WorkerLike } from './workerHost';

function spawnProbeWorker(): WorkerLike {
  return watchWorker(
    new Worker(new URL('../probe.worker.ts', import.meta.url), { type: 'module' }),
  );
}

function isSpoiling({ code }: Diagnostic): boolean {
  return code === 'run.failed' || code === 'run.out-of-memory';
}

interface Waiting {
  readonly request: ProbeRequest;
  readonly settle: (answer: ProbeAnswer | null) => void;
}

/**
 * The page's end of the probe worker. One probe runs at a time and only the newest request waits: a slow probe skips
 * snapshots instead of falling behind.
 */
export class ProbeClient {
  private readonly host: WorkerHost<ProbeWorkerApi>;
  private waiting: Waiting | null = null;
  private newest: ProbeRequest | null = null;
  private busy = false;
  /** What was too large for the memory once will be so again. */
  private tooLarge: ProbeRequest | null = null;

  constructor(spawn: () => WorkerLike = spawnProbeWorker) {
    this.host = new WorkerHost(spawn);
  }

  /**
   * The report on a snapshot, whose arrays stay the caller's; null when a newer request overtook it, or one for another
   * run or revision came meanwhile. Never rejects: failures are diagnostics of the answer.
   */
  probe(request: ProbeRequest): Promise<ProbeAnswer | null> {
    if (this.newest?.runId !== request.runId) this.host.forgive();
    this.newest = request;
    this.waiting?.settle(null);
    const answer = new Promise<ProbeAnswer | null>((settle) => {
      this.waiting = { request, settle };
    });
    if (!this.busy) void this.work();
    return answer;
  }

  /** Answers null to what is asked: the run has been closed. */
  cancel(): void {
    this.newest = null;
    this.waiting?.settle(null);
    this.waiting = null;
  }

  terminate(): void {
    this.cancel();
    this.host.terminate();
  }

  private async work(): Promise<void> {
    this.busy = true;
    for (let next = this.waiting; next; next = this.waiting) {
      this.waiting = null;
      const answer = await this.ask(next.request);
      const { newest } = this;
      const isLate = newest?.runId !== answer.runId || newest.revision !== answer.revision;
      next.settle(isLate ? null : answer);
    }
    this.busy = false;
  }

  private async ask(request: ProbeRequest): Promise<ProbeAnswer> {
    const { runId, revision } = request;
    if (this.tooLarge?.runId === runId && this.tooLarge.revision === revision) {
      return { runId, revision, report: null, diagnostics: [] };
    }
    try {
      const answer = await this.host.call((api) => api.probe(request));
      // Its memory may be full or damaged: the next snapshot gets a new worker.
      if (answer.diagnostics.some(isSpoiling)) this.host.terminate();
      if (answer.diagnostics.some(({ code }) => code === 'run.out-of-memory')) {
        this.tooLarge = request;
      }
      return answer;
    } catch (error) {
      const message =
        error instanceof WorkerDiedError
          ? `The probe worker stopped: ${error.message}. The next snapshot starts another one.`
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
