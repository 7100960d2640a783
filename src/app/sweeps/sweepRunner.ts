import type { Diagnostic } from '../../core/diagnostic';
import type { Registry } from '../../graph/registry';
import type { WholeRun } from '../../runs/runFile';
import type { SweepDefinition } from '../../runs/sweepDefinition';
import { refusedRun, trialRun } from '../../sweeps/trialRun';
import { trialDocument, trialsOf, type Trial } from '../../sweeps/trials';
import type { TrialAnswer, TrialRequest } from '../../../workers/protocol';

/** A worker that trains one trial at a time: the worker's client, or a fake in tests. */
export interface TrialPort {
  run(request: TrialRequest, onStep: (step: number) => void): Promise<TrialAnswer>;
  /** Ends the worker. */
  terminate(): void;
}

export interface SweepRunnerOptions {
  readonly sweep: SweepDefinition;
  readonly registry: Registry;
  /** Numbers of trials that are finished. */
  readonly finished: ReadonlySet<number>;
  readonly workers: number;
  connect(): TrialPort;
  /** Keeps a finished trial; false when that failed, and the sweep rests. */
  keep(run: WholeRun): Promise<boolean>;
  onProgress(): void;
  /** It has done all its trials, or rests on a fault. */
  onEnd(fault: Diagnostic | null): void;
  readonly now?: () => number;
}

/** Runs what is left of a sweep, on several workers at once. */
export class SweepRunner {
  private readonly left: Trial[];
  private readonly total: number;
  /** Steps of the trials that are under way. */
  private readonly steps = new Map<number, number>();
  private readonly ports: TrialPort[] = [];
  private readonly started: number;
  private done = 0;
  private isEnded = false;
  private readonly now: () => number;

  constructor(private readonly options: SweepRunnerOptions) {
    const { sweep, finished } = options;
    this.now = options.now ?? (() => performance.now());
    this.started = this.now();
    this.left = trialsOf(sweep).filter(({ trial }) => !finished.has(trial));
    this.total = this.left.length;
  }

  /** Trials that are being trained, in parts of one trial. */
  get underWay(): number {
    let parts = 0;
    for (const step of this.steps.values()) parts += step / this.options.sweep.steps;
    return parts;
  }

  get workers(): number {
    return this.steps.size;
  }

  /** Milliseconds until all is done, if it goes on as until now; null before there is anything to go by. */
  get timeLeft(): number | null {
    const parts = this.done + this.underWay;
    if (parts < 0.5) return null;
    return ((this.now() - this.started) / parts) * (this.total - parts);
  }

  start(): void {
    const { workers, connect } = this.options;
    const count = Math.max(1, Math.min(workers, this.left.length));
    for (let i = 0; i < count; i++) {
      const port = connect();
      this.ports.push(port);
      void this.work(port);
    }
  }

  /** Ends the workers; what they were at is begun anew some other time. */
  stop(): void {
    this.isEnded = true;
    for (const port of this.ports) port.terminate();
  }

  private async work(port: TrialPort): Promise<void> {
    for (let next = this.left.shift(); next && !this.isEnded; next = this.left.shift()) {
      this.steps.set(next.trial, 0);
      const run = await this.train(port, next);
      if (this.isEnded) return;
      if (run !== null && !(await this.options.keep(run))) return this.end(null);
      if (this.isEnded) return;
      this.steps.delete(next.trial);
      this.done++;
      this.options.onProgress();
    }
    if (!this.isEnded && this.steps.size === 0) this.end(null);
    else port.terminate();
  }

  /** Null when the sweep was ended meanwhile. */
  private async train(port: TrialPort, trial: Trial): Promise<WholeRun | null> {
    const { sweep, registry } = this.options;
    const created = Date.now();
    const document = trialDocument(sweep, trial, registry);
    if (!document.ok) {
      return refusedRun(sweep, trial, sweep.document, document.diagnostics, created);
    }
    const request = { document: document.value, engine: sweep.engine };
    const { outcome, diagnostics } = await port.run(request, (step) => {
      if (this.isEnded) return;
      this.steps.set(trial.trial, step);
      this.options.onProgress();
    });
    if (outcome !== null) return trialRun(sweep, trial, document.value, outcome, created);
    const broken = diagnostics.find(({ code }) => ENGINE_FAULTS.has(code));
    if (broken === undefined || this.isEnded) {
      return refusedRun(sweep, trial, document.value, diagnostics, created);
    }
    // The next trial would fare no better.
    this.end(broken);
    return null;
  }

  private end(fault: Diagnostic | null): void {
    if (this.isEnded) return;
    this.stop();
    this.options.onEnd(fault);
  }
}

/** What says nothing against the trial: it may do another time. */
const ENGINE_FAULTS: ReadonlySet<string> = new Set([
  'run.engine-unavailable',
  'run.device-lost',
  'run.failed',
]);
