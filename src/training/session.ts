import type { Diagnostic } from '../core/diagnostic';
import { invariant } from '../core/invariant';
import type { Result } from '../core/result';
import { Announcer } from './announcer';
import type { EngineFactory } from './engineFactory';
import { EngineLink } from './engineLink';
import type { PreparedTraining } from './prepareTraining';
import { RunLoop } from './runLoop';
import type { SessionEvent, SessionState, Snapshot } from './sessionState';
import { copySnapshot, modelNames, modelSnapshot } from './snapshots';
import { COMMANDS, type SessionCommand } from './transitions';

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
 * One training run: an explicit state machine over an engine (`transitions.ts`).
 *
 * A command at the wrong moment is ignored, or explained by an `info` diagnostic; nothing throws for it. After a
 * lost device the metrics of some steps come a second time, with equal values on an equal engine: a run is a
 * function of (document, seed, data).
 */
export class TrainingSession {
  private readonly announcer: Announcer;
  private readonly link: EngineLink;
  private readonly loop: RunLoop;

  constructor(private readonly options: SessionOptions) {
    const now = options.now ?? (() => performance.now());
    const announcer = new Announcer(options.emit, now);
    this.announcer = announcer;
    this.link = new EngineLink({
      announcer,
      engineFactory: options.engineFactory,
      fallbackFactory: options.fallbackFactory,
      wait: options.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
      onAdopted: () => this.loop.restart(),
    });
    this.loop = new RunLoop({
      announcer,
      link: this.link,
      totalSteps: options.totalSteps,
      evaluateEvery: options.evaluateEvery,
      snapshotIntervalMs: options.snapshotIntervalMs ?? 0,
      now,
    });
  }

  get state(): SessionState {
    return this.announcer.state;
  }

  /** The number of the next step. */
  get step(): number {
    return this.link.step;
  }

  /** Prepares and compiles; resolves in state `paused`, `done` or `failed`. `snapshot`: where to carry on from. */
  async open(snapshot?: Snapshot): Promise<void> {
    if (!this.accepts('open')) return;
    this.link.startStep = snapshot?.step ?? 0;
    this.enter('compiling');
    try {
      const prepared = await this.options.prepare();
      if (this.announcer.isClosed) return;
      this.announcer.report(prepared.diagnostics);
      if (!prepared.ok) return this.enter('failed');
      await this.link.open(prepared.value, snapshot, (isConnected) => {
        if (!isConnected) return this.enter('failed');
        this.enter(this.step >= this.loop.totalSteps ? 'done' : 'paused');
        this.announcer.snapshot(this.link.kept);
      });
    } catch (error) {
      this.link.fail(error);
    }
  }

  /** Starts or goes on; returns at once. From `failed` it goes on with the state before the bad step. */
  run(): void {
    if (this.accepts('run')) this.loop.start(Infinity);
  }

  /** Stops after the steps that are being computed; resolves when it has. */
  async pause(): Promise<void> {
    if (this.accepts('pause')) await this.loop.rest();
  }

  /** Runs exactly `count` steps, then pauses; resolves when it has. */
  async stepBy(count: number): Promise<void> {
    invariant(Number.isInteger(count) && count > 0, 'a number of steps is whole and positive');
    if (!this.accepts('step')) return;
    this.loop.start(this.step + count);
    await this.loop.whenStopped();
  }

  /** Resolves when the session is not running: paused, done, failed or closed. */
  async whenStopped(): Promise<SessionState> {
    await this.loop.whenStopped();
    return this.state;
  }

  /** Back to step 0 and the initial weights, paused. Live values stay. Never recompiles. */
  async reset(): Promise<void> {
    const { initial } = this.link;
    if (this.accepts('reset') && initial) await this.goTo(initial);
  }

  /** Goes on from `snapshot`, paused. State that it lacks is as at the start. */
  async restore(snapshot: Snapshot): Promise<void> {
    const { initial } = this.link;
    if (this.accepts('restore') && initial) {
      await this.goTo(this.link.complete(snapshot, initial));
    }
  }

  /** Live scalars by name (`LIVE`), from the next step on. They outlive `reset`, `restore` and a lost device. */
  setLive(values: Readonly<Record<string, number>>): void {
    this.link.setLive(values);
  }

  /** The whole state between two steps: a copy. Throws when no run is open. */
  async snapshot(): Promise<Snapshot> {
    await this.link.exclusively((connection) => this.loop.catchUp(connection));
    return copySnapshot(this.link.kept);
  }

  /** Weights and statistics between two steps, a copy; nothing is told or kept of it. Null where no engine runs. */
  async glimpse(): Promise<Snapshot | null> {
    let seen: Snapshot | null = null;
    await this.link.exclusively(async ({ executable }) => {
      const { program } = this.link.training.training;
      const state = await executable.readState(modelNames(program));
      seen = modelSnapshot(program, { step: executable.step, state });
    });
    return seen;
  }

  /** Changes the number of steps after which the session is `done`. */
  setTotalSteps(steps: number): void {
    this.loop.totalSteps = steps;
    if (this.state === 'done' && this.step < steps) this.enter('paused');
  }

  /** Snapshots come at the multiples of this from now on. */
  setEvaluateEvery(steps: number): void {
    this.loop.evaluateEvery = steps;
  }

  /** Drops the GPU device as a crash would; nothing happens on engines without one. For tests. */
  loseDevice(): void {
    if (this.accepts('loseDevice')) this.link.loseDevice();
  }

  /** Frees the engine. No event comes after this call; the session cannot be used again. */
  async close(): Promise<void> {
    this.announcer.close();
    await this.link.close();
    await this.loop.whenStopped();
    this.announcer.rest();
  }

  private accepts(command: SessionCommand): boolean {
    if (this.announcer.isClosed) return false;
    const rule = COMMANDS[command][this.state];
    const stuck = rule === true && this.state === 'failed' && !this.link.isConnected;
    const answer = stuck ? 'The run cannot go on: mend what is reported, then open it anew.' : rule;
    if (typeof answer === 'string') this.explain(answer);
    return answer === true;
  }

  private explain(message: string): void {
    const diagnostic: Diagnostic = { code: 'run.failed', severity: 'info', message };
    this.announcer.report([diagnostic]);
  }

  private async goTo(target: Snapshot): Promise<void> {
    await this.loop.rest();
    // Kept first: should the device be lost on the way, this is what comes back.
    this.link.keep(target);
    await this.link.exclusively(async (connection) => {
      await this.loop.discard(connection);
      connection.executable.writeState(target.state, target.step);
      this.announcer.forgetSnapshot();
      this.enter('paused');
      this.announcer.snapshot(target);
    });
  }

  private enter(next: SessionState): void {
    this.announcer.enter(next, this.step);
  }
}
