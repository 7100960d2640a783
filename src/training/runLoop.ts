import type { Diagnostic } from '../core/diagnostic';
import type { MetricRows } from '../engine/engine';
import type { Announcer } from './announcer';
import { ChunkPlanner, DRAIN_INTERVAL_MS } from './chunkPlanner';
import type { Connection } from './connection';
import type { EngineLink } from './engineLink';
import { nextTask } from './nextTask';
import { nonFiniteDiagnostic, unsoundStateDiagnostic } from './nonFiniteDiagnostic';
import { firstBadRow, readBadRow, takeRows } from './nonFiniteRows';
import { findSource, unsoundState } from './nonFiniteSource';
import type { Snapshot } from './sessionState';
import { withOpenGuard } from './snapshots';
import { StepRate } from './stepRate';

/** A lost device costs at most this much work. */
const KEEP_INTERVAL_MS = 2000;

export interface RunLoopOptions {
  readonly announcer: Announcer;
  readonly link: EngineLink;
  readonly totalSteps: number;
  /** Snapshots come at the multiples of this. */
  readonly evaluateEvery: number;
  /** Multiples of `evaluateEvery` that come sooner than this after the last snapshot are left out. */
  readonly snapshotIntervalMs: number;
  /** Milliseconds of a steady clock. */
  now(): number;
}

/**
 * Runs steps in chunks until it is told to rest: emits their metrics, keeps the state now and then, tells of snapshots at
 * the evaluation cadence, and stops at a step that was not finite.
 */
export class RunLoop {
  totalSteps: number;
  /** Snapshots come at the multiples of this. */
  evaluateEvery: number;
  private goal = Infinity;
  private pauseRequested = false;
  private undrainedRows = 0;
  private drainedAt = 0;
  private keptAt = 0;
  private loop: Promise<void> = Promise.resolve();
  private readonly rate = new StepRate();
  private readonly planner = new ChunkPlanner();

  constructor(private readonly options: RunLoopOptions) {
    this.totalSteps = options.totalSteps;
    this.evaluateEvery = options.evaluateEvery;
  }

  /** Runs to step `goal`, the end of the run or the next `rest`. */
  start(goal: number): void {
    const { announcer, link, now } = this.options;
    this.goal = goal;
    this.pauseRequested = false;
    const { step } = link;
    announcer.enter('running', step);
    this.drainedAt = now();
    this.rate.restart(this.drainedAt, step);
    this.loop = this.run();
  }

  /** Stops after the steps that are being computed; resolves when it has. */
  rest(): Promise<void> {
    this.pauseRequested = true;
    return this.loop;
  }

  /** Resolves when it has stopped, for whatever reason. */
  whenStopped(): Promise<void> {
    return this.loop;
  }

  /** Another engine takes over, in the state that is kept: what the last one had in hand is gone. */
  restart(): void {
    const { link, now } = this.options;
    this.keptAt = now();
    this.undrainedRows = 0;
    this.rate.restart(this.keptAt, link.kept.step);
  }

  /** Drops the metrics that have not been told: the run goes elsewhere. */
  async discard({ executable }: Connection): Promise<void> {
    await executable.drainMetrics();
    this.undrainedRows = 0;
  }

  /** Keeps the state as it is now, after telling the metrics up to it. */
  async catchUp(connection: Connection): Promise<void> {
    if (await this.drain(connection)) await this.keep(connection);
  }

  private async run(): Promise<void> {
    const { announcer, link } = this.options;
    const isRunning = (): boolean => announcer.state === 'running' && !announcer.isClosed;
    while (isRunning()) {
      await link.exclusively((connection) => this.advance(connection));
      await nextTask();
    }
  }

  /** One chunk of steps, and what is due after it. */
  private async advance(connection: Connection): Promise<void> {
    const { announcer, link, snapshotIntervalMs, now } = this.options;
    const { evaluateEvery } = this;
    const { executable } = connection;
    const stop = Math.min(this.goal, this.totalSteps);
    if (this.pauseRequested || executable.step >= stop) return this.settle(connection);

    const started = now();
    const wantsMultiple = started - announcer.snapshotAt >= snapshotIntervalMs;
    const multiple = (Math.floor(executable.step / evaluateEvery) + 1) * evaluateEvery;
    const steps = this.planner.next({
      ringSpace: executable.ringCapacity - this.undrainedRows,
      untilStop: Math.min(stop, wantsMultiple ? multiple : Infinity) - executable.step,
    });
    await executable.run(steps);
    this.undrainedRows += steps;
    const finished = now();
    this.planner.record(steps, finished - started);
    this.rate.record(finished, executable.step);

    if (executable.step >= stop) return this.settle(connection);
    const atMultiple = wantsMultiple && executable.step === multiple;
    const keepDue = atMultiple || finished - this.keptAt >= KEEP_INTERVAL_MS;
    const drainDue =
      keepDue ||
      finished - this.drainedAt >= DRAIN_INTERVAL_MS / 2 ||
      this.undrainedRows >= executable.ringCapacity;
    if (drainDue && !(await this.drain(connection))) return;
    if (keepDue && (await this.keepSound(connection)) && atMultiple) {
      announcer.snapshot(link.kept);
    }
  }

  /** Comes to rest, with everything shown and kept. */
  private async settle(connection: Connection): Promise<void> {
    const { announcer, link } = this.options;
    if (!(await this.drain(connection)) || !(await this.keepSound(connection))) return;
    const { kept } = link;
    announcer.snapshot(kept);
    announcer.enter(kept.step >= this.totalSteps ? 'done' : 'paused', kept.step);
  }

  /** Emits the metrics that have come. False when a step was not finite: then the session has failed. */
  private async drain(connection: Connection): Promise<boolean> {
    const { announcer, link, now } = this.options;
    const rows = await connection.executable.drainMetrics();
    this.undrainedRows = 0;
    this.drainedAt = now();
    if (rows.rows === 0) return true;
    const bad = firstBadRow(link.training.training.metrics, rows);
    announcer.send({
      kind: 'metrics',
      rows: bad === null ? rows : takeRows(rows, bad + 1),
      stepsPerSecond: this.rate.stepsPerSecond,
    });
    if (bad !== null) await this.failAt(connection, rows, bad);
    return bad === null;
  }

  /** Goes back to the state before a step that was not finite, and says what went wrong in it. */
  private async failAt(
    { engine, executable }: Connection,
    rows: MetricRows,
    row: number,
  ): Promise<void> {
    const { link } = this.options;
    const prepared = link.training;
    const step = rows.firstStep + row;
    // The guard has kept the state as it was, but the engine went on counting.
    const before = withOpenGuard(prepared.training.program, {
      step,
      state: await executable.readState(),
    });
    executable.writeState(before.state, step);
    link.keep(before);
    const cause = {
      ...readBadRow(prepared.training.metrics, rows, row),
      source: await findSource({ engine, prepared, before, live: link.liveValues }),
    };
    this.stopOn(
      nonFiniteDiagnostic(cause, step, (nodeId) => prepared.labelOf(nodeId)),
      before,
    );
  }

  private async keep({ executable }: Connection): Promise<Snapshot> {
    const kept = { step: executable.step, state: await executable.readState() };
    this.options.link.keep(kept);
    this.keptAt = this.options.now();
    return kept;
  }

  /**
   * Keeps the state as it is now. False when a number in it is not finite, which the guard of the optimizer cannot see
   * before a loss is computed from it: then the session has failed.
   */
  private async keepSound(connection: Connection): Promise<boolean> {
    const prepared = this.options.link.training;
    const kept = await this.keep(connection);
    const unsound = unsoundState(prepared.training.program, kept.state);
    if (unsound) {
      const labelOf = (nodeId: string): string => prepared.labelOf(nodeId);
      const keeper = prepared.keeperOf(unsound.origin);
      this.stopOn(unsoundStateDiagnostic(unsound, kept.step, labelOf, keeper), kept);
    }
    return unsound === null;
  }

  private stopOn(diagnostic: Diagnostic, at: Snapshot): void {
    const { announcer } = this.options;
    announcer.report([diagnostic]);
    announcer.snapshot(at);
    announcer.enter('failed', at.step);
  }
}
