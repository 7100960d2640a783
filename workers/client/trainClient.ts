import type { Remote } from 'comlink';
import { comesWithin } from '../../src/core/watch/withDeadline';
import type { Diagnostic } from '../../src/core/diagnostic';
import type { DiagnosticCode } from '../../src/core/diagnosticCodes';
import type { SessionEvent, SessionState, Snapshot } from '../../src/training/sessionState';
import type { OpenRequest, TaggedSessionEvent, TrainWorkerApi } from '../protocol';
import { watchWorker } from './watchWorker';
import {
  WorkerDiedError,
  WorkerHost,
  workerCallback,
  type ClientOptions,
  type Due,
  type WorkerLike,
} from './workerHost';

function spawnTrainWorker(): WorkerLike {
  return watchWorker(
    new Worker(new URL('../train.worker.ts', import.meta.url), { type: 'module' }),
  );
}

/** The open run, and what a new worker must be told to go on where a dead one stopped. */
interface OpenRun {
  readonly request: OpenRequest;
  live: Record<string, number>;
  totalSteps: number | null;
  evaluateEvery: number | null;
  state: SessionState;
  /** The worker has been told of it. */
  hasBegun: boolean;
  /** The newest weights that came. */
  snapshot: Snapshot | null;
  /** Deaths of workers since weights of a later step came. */
  deathsWithoutProgress: number;
}

/** A run that ends as many workers as this without getting any further is given up. */
const DEATHS_OF_A_RUN = 3;

/**
 * After these the worker's memory may be full or damaged, and that of WebAssembly never shrinks: the next run gets a new
 * worker.
 */
const SPOILING: ReadonlySet<DiagnosticCode> = new Set(['run.failed', 'run.out-of-memory'] as const);

/**
 * A worker that has not let go of one run after so long, in milliseconds, is ended for the sake of the next: a step or a graph that is
 * being compiled may take a minute, which is worth a worker.
 */
const GRACE_MS = 1000;

/** What comes from a worker by itself in a state. While it is compiled or rebuilt there may be no event for long. */
const DUE: Readonly<Record<SessionState, Due | null>> = {
  idle: null,
  compiling: 'answers',
  paused: null,
  running: 'steps',
  done: null,
  failed: null,
  lost: 'answers',
};

/**
 * The page's end of the training worker. Events of runs that are no longer open are dropped; a worker that dies is
 * replaced, and its run goes on from the newest weights. Commands without an open run do nothing. Failures come as
 * events: no call rejects, except `snapshot` without an open run.
 */
export class TrainClient {
  private readonly host: WorkerHost<TrainWorkerApi>;
  /** A run that is being opened again on a new worker: what is asked meanwhile waits for it. */
  private revival: Promise<void> = Promise.resolve();
  private current: OpenRun | null = null;
  /** A run that the worker is letting go of: the next one waits for it. */
  private closing: Promise<void> = Promise.resolve();
  /** The worker has failed in a way that it may not have come out of whole. */
  private isSpoiled = false;

  constructor(
    /** Arrays in events may be read, not changed or transferred. */
    private readonly onEvent: (event: TaggedSessionEvent) => void,
    { spawn = spawnTrainWorker, onSilent }: ClientOptions = {},
  ) {
    this.host = new WorkerHost({
      name: 'training worker',
      spawn,
      onSilent,
      onDeath: (reason) => this.revive(reason),
    });
  }

  /** Closes what is open and compiles; resolves when the run is ready or has failed, or another one has been opened meanwhile. */
  async open(request: OpenRequest): Promise<void> {
    const run: OpenRun = {
      request,
      live: {},
      totalSteps: null,
      evaluateEvery: null,
      state: 'compiling',
      hasBegun: false,
      snapshot: request.snapshot ?? null,
      deathsWithoutProgress: 0,
    };
    const before = this.current;
    this.current = run;
    if (this.isSpoiled) this.host.terminate();
    else if (before?.hasBegun) this.letGo();
    this.isSpoiled = false;
    await this.closing;
    if (this.current !== run) return;
    this.host.forgive();
    await this.begin(run);
  }

  run(): Promise<void> {
    return this.command((api) => api.run());
  }

  /** Resolves when the run has come to rest. */
  pause(): Promise<void> {
    return this.command((api) => api.pause());
  }

  /** Runs exactly `count` steps; resolves when it has. */
  step(count: number): Promise<void> {
    return this.command((api) => api.step(count));
  }

  reset(): Promise<void> {
    return this.command((api) => api.reset());
  }

  /** Live scalars by name; see `LIVE`. */
  setLive(values: Readonly<Record<string, number>>): Promise<void> {
    if (this.current) this.current.live = { ...this.current.live, ...values };
    return this.command((api) => api.setLive(values));
  }

  restore(snapshot: Snapshot): Promise<void> {
    return this.command((api) => api.restore(snapshot));
  }

  setTotalSteps(steps: number): Promise<void> {
    if (this.current) this.current.totalSteps = steps;
    return this.command((api) => api.setTotalSteps(steps));
  }

  setEvaluateEvery(steps: number): Promise<void> {
    if (this.current) this.current.evaluateEvery = steps;
    return this.command((api) => api.setEvaluateEvery(steps));
  }

  /** The whole state of the run, optimizer included. */
  async snapshot(): Promise<Snapshot> {
    await this.opened();
    if (!this.current) throw new Error('No run is open.');
    return this.host.call((api) => api.snapshot());
  }

  /** Weights and statistics as they are between two steps; null where there are none. Never rejects. */
  async glimpse(): Promise<Snapshot | null> {
    await this.opened();
    const run = this.current;
    if (!run) return null;
    try {
      const snapshot = await this.host.call((api) => api.glimpse());
      return run === this.current ? snapshot : null;
    } catch {
      // A worker's death is answered by `revive`, and there is a next time.
      return null;
    }
  }

  /** Drops the GPU device on purpose. For tests. */
  loseDevice(): Promise<void> {
    return this.command((api) => api.loseDevice());
  }

  /** Ends the run, and the worker where it is too busy to hear of it. No event of the run comes after this call. */
  async close(): Promise<void> {
    const run = this.current;
    if (!run) return;
    this.current = null;
    if (run.hasBegun) this.letGo();
    await this.closing;
  }

  /** Ends the worker too; the next `open` starts another. */
  terminate(): void {
    this.current = null;
    this.host.terminate();
  }

  /** Has the worker close what it has open. */
  private letGo(): void {
    this.host.expect(null);
    this.closing = this.closing.then(async () => {
      if (!this.host.isRunning) return;
      const closed = this.settled(this.host.call((api) => api.close()));
      if (!(await comesWithin(GRACE_MS, closed))) this.host.overtake();
    });
  }

  private async command(use: (api: Remote<TrainWorkerApi>) => Promise<void>): Promise<void> {
    await this.opened();
    await this.send(use);
  }

  /** After the worker has been told to open the run. */
  private async opened(): Promise<void> {
    await this.closing;
    await this.revival;
  }

  private async send(use: (api: Remote<TrainWorkerApi>) => Promise<void>): Promise<void> {
    if (this.current) await this.settled(this.host.call(use));
  }

  /** Waits for a call. A death is answered by `revive`; every other failure is reported here. */
  private async settled(call: Promise<void>): Promise<void> {
    try {
      await call;
    } catch (error) {
      if (!(error instanceof WorkerDiedError)) this.fail(String(error));
    }
  }

  /** Opens `run` on the worker, which may be a new one. */
  private async begin(run: OpenRun): Promise<void> {
    const { request, snapshot } = run;
    run.hasBegun = true;
    const listener = workerCallback<TaggedSessionEvent>((event) => this.receive(run, event));
    await this.settled(
      this.host.call((api) => api.open(snapshot ? { ...request, snapshot } : request, listener)),
    );
  }

  private receive(run: OpenRun, tagged: TaggedSessionEvent): void {
    const { runId, revision } = run.request;
    if (run !== this.current || tagged.runId !== runId || tagged.revision !== revision) return;
    const { event } = tagged;
    if (event.kind === 'state') {
      run.state = event.state;
      this.host.expect(DUE[event.state]);
    }
    if (event.kind === 'snapshot') {
      if (event.snapshot.step > (run.snapshot?.step ?? 0)) run.deathsWithoutProgress = 0;
      run.snapshot = event.snapshot;
    }
    if (event.kind === 'diagnostics') {
      this.isSpoiled ||= event.diagnostics.some(
        ({ code, severity }) => severity === 'error' && SPOILING.has(code),
      );
    }
    this.onEvent(tagged);
  }

  /** A new worker for the open run, after the last one died. */
  private revive(reason: string): void {
    const run = this.current;
    // One that is still to be opened gets another worker then.
    if (!run?.hasBegun) return;
    const from = run.snapshot ? `step ${run.snapshot.step}` : 'the start';
    run.deathsWithoutProgress++;
    if (this.host.hasGivenUp || run.deathsWithoutProgress >= DEATHS_OF_A_RUN) {
      this.fail(
        `The training worker stopped again and again (${reason}). A smaller batch or smaller widths may help.`,
      );
      this.emit({ kind: 'state', state: 'failed', step: run.snapshot?.step ?? 0 });
      return;
    }
    this.tell({
      code: 'run.worker-replaced',
      severity: 'warning',
      message: `The training worker stopped (${reason}). The run goes on from ${from}.`,
    });
    this.revival = this.goOn(run, run.state === 'running' || run.state === 'lost');
  }

  private async goOn(run: OpenRun, wasRunning: boolean): Promise<void> {
    await this.begin(run);
    if (run !== this.current) return;
    await this.send((api) => api.setLive(run.live));
    const { totalSteps, evaluateEvery } = run;
    if (evaluateEvery !== null) await this.send((api) => api.setEvaluateEvery(evaluateEvery));
    if (totalSteps !== null) await this.send((api) => api.setTotalSteps(totalSteps));
    if (wasRunning && run === this.current) await this.send((api) => api.run());
  }

  private fail(message: string): void {
    this.tell({ code: 'run.failed', severity: 'error', message });
  }

  private tell(diagnostic: Diagnostic): void {
    this.emit({ kind: 'diagnostics', diagnostics: [diagnostic] });
  }

  private emit(event: SessionEvent): void {
    if (!this.current) return;
    const { runId, revision } = this.current.request;
    this.receive(this.current, { runId, revision, event });
  }
}
