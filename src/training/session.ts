import type { Diagnostic } from '../core/diagnostic';
import { defined, invariant } from '../core/invariant';
import type { Result } from '../core/result';
import { DeviceLostError, type MetricRows } from '../engine/engine';
import { ChunkPlanner, DRAIN_INTERVAL_MS } from './chunkPlanner';
import { connect, reconnect, type Connection } from './connection';
import type { EngineFactory } from './engineFactory';
import { Mutex } from './mutex';
import { nextTask } from './nextTask';
import { diagnoseBadRow, firstBadRow, takeRows } from './nonFinite';
import type { PreparedTraining } from './prepareTraining';
import type { SessionEvent, SessionState, Snapshot } from './sessionState';
import { completeSnapshot, copySnapshot, modelSnapshot, withOpenGuard } from './snapshots';
import { StepRate } from './stepRate';
import { COMMANDS, TRANSITIONS, type SessionCommand } from './transitions';

/** A lost device costs at most this much work. */
const KEEP_INTERVAL_MS = 2000;

/** After so many losses without progress in between, the engine itself is taken to be at fault. */
const LOSSES_BEFORE_FALLBACK = 3;

export interface SessionOptions {
  /** Analyses and compiles the document and loads its data. */
  prepare(): Promise<Result<PreparedTraining>>;
  readonly engineFactory: EngineFactory;
  /** Goes on with the run when a lost device cannot be had again. */
  readonly fallbackFactory?: EngineFactory;
  /** Steps after which the session is `done`. */
  readonly totalSteps: number;
  /** Snapshots come at the multiples of this. */
  readonly evaluateEvery: number;
  /** Multiples of `evaluateEvery` that come sooner than this after the last snapshot are left out. Default 0. */
  readonly snapshotIntervalMs?: number;
  /** Arrays in an event belong to the receiver. */
  emit(event: SessionEvent): void;
  /** Milliseconds of a steady clock; for tests. */
  now?(): number;
  wait?(milliseconds: number): Promise<void>;
}

/**
 * One training run: an explicit state machine over an engine (3-architecture 3.4, `transitions.ts`).
 *
 * A command at the wrong moment is ignored, or explained by an `info` diagnostic; nothing throws for it. After a
 * lost device the metrics of some steps come a second time, with equal values on an equal engine: a run is a
 * function of (document, seed, data).
 */
export class TrainingSession {
  private current: SessionState = 'idle';
  private prepared: PreparedTraining | null = null;
  private connection: Connection | null = null;
  /** What `reset` goes back to. */
  private initial: Snapshot | null = null;
  /** What is restored after a lost device. */
  private kept: Snapshot | null = null;
  /** Where the run will start, while there is no engine yet. */
  private startStep = 0;
  private keptAt = 0;
  private lossesSinceKept = 0;
  private live: Record<string, number> = {};
  private totalSteps: number;
  private evaluateEvery: number;
  private goal = Infinity;
  private pauseRequested = false;
  private closing = false;
  private undrainedRows = 0;
  private drainedAt = 0;
  private emittedAt = -Infinity;
  private emittedStep: number | null = null;
  private loop: Promise<void> = Promise.resolve();
  /** Engine calls are made one at a time, whoever asks for them. */
  private readonly mutex = new Mutex();
  private readonly rate = new StepRate();
  private readonly planner = new ChunkPlanner();
  private readonly now: () => number;
  private readonly wait: (milliseconds: number) => Promise<void>;

  constructor(private readonly options: SessionOptions) {
    this.totalSteps = options.totalSteps;
    this.evaluateEvery = options.evaluateEvery;
    this.now = options.now ?? (() => performance.now());
    this.wait = options.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  }

  get state(): SessionState {
    return this.current;
  }

  /** The number of the next step. */
  get step(): number {
    return this.connection?.executable.step ?? this.kept?.step ?? this.startStep;
  }

  /** Prepares and compiles; resolves in state `paused`, `done` or `failed`. `snapshot`: where to carry on from. */
  async open(snapshot?: Snapshot): Promise<void> {
    if (!this.accepts('open')) return;
    this.startStep = snapshot?.step ?? 0;
    this.enter('compiling');
    try {
      const prepared = await this.options.prepare();
      if (this.closing) return;
      this.report(prepared.diagnostics);
      if (!prepared.ok) return this.enter('failed');
      this.prepared = prepared.value;
      await this.mutex.run(() => this.start(prepared.value, snapshot));
    } catch (error) {
      this.fail(error);
    }
  }

  /** Starts or goes on; returns at once. From `failed` it goes on with the state before the bad step. */
  run(): void {
    if (this.accepts('run')) this.startLoop(Infinity);
  }

  /** Stops after the steps that are being computed; resolves when it has. */
  async pause(): Promise<void> {
    if (!this.accepts('pause')) return;
    this.pauseRequested = true;
    await this.loop;
  }

  /** Runs exactly `count` steps, then pauses; resolves when it has. */
  async stepBy(count: number): Promise<void> {
    invariant(Number.isInteger(count) && count > 0, 'a number of steps is whole and positive');
    if (!this.accepts('step')) return;
    this.startLoop(this.step + count);
    await this.loop;
  }

  /** Resolves when the session is not running: paused, done, failed or closed. */
  async whenStopped(): Promise<SessionState> {
    await this.loop;
    return this.current;
  }

  /** Back to step 0 and the initial weights, paused. Live values stay. Never recompiles. */
  async reset(): Promise<void> {
    if (this.accepts('reset') && this.initial) await this.goTo(this.initial);
  }

  /** Goes on from `snapshot`, paused. State that it lacks is as at the start. */
  async restore(snapshot: Snapshot): Promise<void> {
    if (this.accepts('restore') && this.initial) {
      await this.goTo(this.complete(snapshot, this.initial));
    }
  }

  /** Live scalars by name (`LIVE`), from the next step on. They outlive `reset`, `restore` and a lost device. */
  setLive(values: Readonly<Record<string, number>>): void {
    this.live = { ...this.live, ...values };
    try {
      this.connection?.executable.setLive(values);
    } catch (error) {
      // A lost device is noticed by the next step; the values are set again after the rebuild.
      if (!(error instanceof DeviceLostError)) throw error;
    }
  }

  /** The whole state between two steps: a copy. Throws when no run is open. */
  async snapshot(): Promise<Snapshot> {
    await this.exclusively(async (connection) => {
      if (await this.drain(connection)) await this.keep(connection);
    });
    return copySnapshot(defined(this.kept, 'an open run'));
  }

  /** Changes the number of steps after which the session is `done`. */
  setTotalSteps(steps: number): void {
    this.totalSteps = steps;
    if (this.current === 'done' && this.step < steps) this.enter('paused');
  }

  /** Snapshots come at the multiples of this from now on. */
  setEvaluateEvery(steps: number): void {
    this.evaluateEvery = steps;
  }

  /** Drops the GPU device as a crash would; nothing happens on engines without one. For tests. */
  loseDevice(): void {
    if (this.accepts('loseDevice')) this.connection?.engine.loseDevice?.();
  }

  /** Frees the engine. No event comes after this call; the session cannot be used again. */
  async close(): Promise<void> {
    this.closing = true;
    await this.mutex.run(() => {
      this.disconnect();
      return Promise.resolve();
    });
    await this.loop;
    this.current = 'idle';
  }

  // Commands -------------------------------------------------------------------------------------

  private accepts(command: SessionCommand): boolean {
    if (this.closing) return false;
    const rule = COMMANDS[command][this.current];
    const stuck = rule === true && this.current === 'failed' && !this.connection;
    const answer = stuck ? 'The run cannot go on: mend what is reported, then open it anew.' : rule;
    if (typeof answer === 'string') {
      this.report([{ code: 'run.failed', severity: 'info', message: answer }]);
    }
    return answer === true;
  }

  private startLoop(goal: number): void {
    this.goal = goal;
    this.pauseRequested = false;
    this.enter('running');
    this.drainedAt = this.now();
    this.rate.restart(this.drainedAt, this.step);
    this.loop = this.runLoop();
  }

  private async runLoop(): Promise<void> {
    while (this.isRunning() && !this.closing) {
      await this.exclusively((connection) => this.advance(connection));
      await nextTask();
    }
  }

  /** A call, so that the state is not taken for unchanged across an `await`. */
  private isRunning(): boolean {
    return this.current === 'running';
  }

  private async goTo(target: Snapshot): Promise<void> {
    this.pauseRequested = true;
    await this.loop;
    // Kept first: should the device be lost on the way, this is what comes back.
    this.kept = target;
    await this.exclusively(async ({ executable }) => {
      await executable.drainMetrics();
      this.undrainedRows = 0;
      executable.writeState(target.state, target.step);
      this.emittedStep = null;
      this.enter('paused');
      this.emitSnapshot(target);
    });
  }

  // Running --------------------------------------------------------------------------------------

  /** One chunk of steps, and what is due after it. */
  private async advance(connection: Connection): Promise<void> {
    const { executable } = connection;
    const stop = Math.min(this.goal, this.totalSteps);
    if (this.pauseRequested || executable.step >= stop) return this.settle(connection);

    const { evaluateEvery } = this;
    const { snapshotIntervalMs = 0 } = this.options;
    const started = this.now();
    const wantsMultiple = started - this.emittedAt >= snapshotIntervalMs;
    const multiple = (Math.floor(executable.step / evaluateEvery) + 1) * evaluateEvery;
    const steps = this.planner.next({
      ringSpace: executable.ringCapacity - this.undrainedRows,
      untilStop: Math.min(stop, wantsMultiple ? multiple : Infinity) - executable.step,
    });
    await executable.run(steps);
    this.undrainedRows += steps;
    const finished = this.now();
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
    if (keepDue) {
      const kept = await this.keep(connection);
      if (atMultiple) this.emitSnapshot(kept);
    }
  }

  /** Comes to rest, with everything shown and kept. */
  private async settle(connection: Connection): Promise<void> {
    if (!(await this.drain(connection))) return;
    const kept = await this.keep(connection);
    this.emitSnapshot(kept);
    this.enter(kept.step >= this.totalSteps ? 'done' : 'paused');
  }

  /** Emits the metrics that have come. False when a step was not finite: then the session has failed. */
  private async drain(connection: Connection): Promise<boolean> {
    const metrics = await connection.executable.drainMetrics();
    this.undrainedRows = 0;
    this.drainedAt = this.now();
    if (metrics.rows === 0) return true;
    const bad = firstBadRow(metrics);
    this.send({
      kind: 'metrics',
      rows: bad === null ? metrics : takeRows(metrics, bad + 1),
      stepsPerSecond: this.rate.stepsPerSecond,
    });
    if (bad !== null) await this.failAt(connection, metrics, bad);
    return bad === null;
  }

  /** Goes back to the state before a step that was not finite, and says what went wrong in it. */
  private async failAt(connection: Connection, metrics: MetricRows, row: number): Promise<void> {
    const { engine, executable } = connection;
    const prepared = defined(this.prepared, 'a prepared training');
    const step = metrics.firstStep + row;
    // The guard has kept the state as it was, but the engine went on counting.
    const before = withOpenGuard(prepared.training.program, {
      step,
      state: await executable.readState(),
    });
    executable.writeState(before.state, step);
    this.kept = before;
    this.report([
      await diagnoseBadRow({ engine, prepared, before, live: this.live }, metrics, row),
    ]);
    this.emitSnapshot(before);
    this.enter('failed');
  }

  private async keep({ executable }: Connection): Promise<Snapshot> {
    const kept = { step: executable.step, state: await executable.readState() };
    if (this.kept?.step !== kept.step) this.lossesSinceKept = 0;
    this.kept = kept;
    this.keptAt = this.now();
    return kept;
  }

  // Engines --------------------------------------------------------------------------------------

  private async start(prepared: PreparedTraining, snapshot: Snapshot | undefined): Promise<void> {
    if (this.closing) return;
    const connected = await connect(this.options.engineFactory, prepared);
    if (
      !this.adopt(connected, (initial) => (snapshot ? this.complete(snapshot, initial) : initial))
    ) {
      if (!this.closing) this.enter('failed');
      return;
    }
    const kept = defined(this.kept, 'a kept snapshot');
    this.enter(kept.step >= this.totalSteps ? 'done' : 'paused');
    this.emitSnapshot(kept);
  }

  /** Builds the engine anew after its device was lost, and goes on in the state in which that happened. */
  private async recover(lost: Connection, why: string): Promise<void> {
    const before = this.current;
    const kept = defined(this.kept, 'a kept snapshot');
    const { engineFactory, fallbackFactory } = this.options;
    this.enter('lost');
    this.report([
      {
        code: 'run.device-lost',
        severity: 'warning',
        message: `The device of the engine “${lost.engine.info.name}” was lost (${why}). It is rebuilt, and the run goes on from step ${kept.step}.`,
      },
    ]);
    this.disconnect();
    this.lossesSinceKept++;
    const hopeless = this.lossesSinceKept > LOSSES_BEFORE_FALLBACK && fallbackFactory;
    const connected = await reconnect(
      hopeless ? fallbackFactory : engineFactory,
      fallbackFactory,
      defined(this.prepared, 'a prepared training'),
      this.wait,
    );
    if (this.adopt(connected, () => this.kept ?? kept)) {
      this.rate.restart(this.now(), this.step);
      this.enter(before);
    } else if (!this.closing) {
      this.enter('failed');
    }
  }

  /** Takes over a new connection in the state that `startFrom` gives. */
  private adopt(
    connected: Result<Connection>,
    startFrom: (initial: Snapshot) => Snapshot,
  ): boolean {
    if (this.closing) {
      if (connected.ok) connected.value.engine.dispose();
      return false;
    }
    this.report(connected.diagnostics);
    if (!connected.ok) return false;
    const connection = connected.value;
    const { engine, executable, reason, initial } = connection;
    this.connection = connection;
    this.initial = { step: 0, state: initial };
    this.kept = startFrom(this.initial);
    this.keptAt = this.now();
    this.undrainedRows = 0;
    executable.setLive(this.live);
    executable.writeState(this.kept.state, this.kept.step);
    this.send({ kind: 'engine', info: engine.info, reason });
    void engine.lost.then((why) =>
      this.exclusively(async (current) => {
        if (current === connection) await this.recover(connection, why);
      }),
    );
    return true;
  }

  private disconnect(): void {
    const { connection } = this;
    this.connection = null;
    try {
      connection?.executable.dispose();
      connection?.engine.dispose();
    } catch (error) {
      // Nothing is left to free on a device that is gone.
      if (!(error instanceof DeviceLostError)) throw error;
    }
  }

  /** Runs `task` when no other engine call is under way; rebuilds the engine when its device turns out to be lost. */
  private exclusively(task: (connection: Connection) => Promise<void>): Promise<void> {
    return this.mutex.run(async () => {
      const { connection } = this;
      if (this.closing || !connection) return;
      try {
        try {
          await task(connection);
        } catch (error) {
          if (this.closing || !(error instanceof DeviceLostError)) throw error;
          await this.recover(connection, error.message);
        }
      } catch (error) {
        this.fail(error);
      }
    });
  }

  // Telling --------------------------------------------------------------------------------------

  private complete(snapshot: Snapshot, initial: Snapshot): Snapshot {
    const { program } = defined(this.prepared, 'a prepared training').training;
    const { value, diagnostics } = completeSnapshot(program, snapshot, initial.state);
    this.report(diagnostics);
    return value;
  }

  private enter(next: SessionState): void {
    invariant(
      TRANSITIONS[this.current].includes(next),
      `a session goes from ${this.current} to ${next}`,
    );
    this.current = next;
    this.send({ kind: 'state', state: next, step: this.step });
  }

  private fail(error: unknown): void {
    if (this.closing) return;
    this.disconnect();
    this.report([
      {
        code: 'run.failed',
        severity: 'error',
        message: `The run stopped on an unexpected failure: ${error instanceof Error ? error.message : String(error)}`,
      },
    ]);
    this.enter('failed');
  }

  private emitSnapshot(snapshot: Snapshot): void {
    if (this.emittedStep === snapshot.step) return;
    this.emittedStep = snapshot.step;
    this.emittedAt = this.now();
    const { program } = defined(this.prepared, 'a prepared training').training;
    this.send({ kind: 'snapshot', snapshot: modelSnapshot(program, snapshot) });
  }

  private report(diagnostics: readonly Diagnostic[]): void {
    if (diagnostics.length > 0) this.send({ kind: 'diagnostics', diagnostics });
  }

  private send(event: SessionEvent): void {
    if (!this.closing) this.options.emit(event);
  }
}
