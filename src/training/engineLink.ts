import { formatWhole } from '../core/formatNumber';
import { defined } from '../core/invariant';
import { onResolved } from '../core/onResolved';
import type { Result } from '../core/result';
import { DeviceLostError } from '../engine/engine';
import type { Announcer } from './announcer';
import { connect, freeAnyway, reconnect, type Connection } from './connection';
import type { EngineFactory } from './engineFactory';
import { failureOf } from './failureOf';
import { Mutex } from './mutex';
import type { PreparedTraining } from './prepareTraining';
import type { Snapshot } from './sessionState';
import { completeSnapshot } from './snapshots';

/** After so many losses without progress in between, the engine itself is taken to be at fault. */
const LOSSES_BEFORE_FALLBACK = 3;

export interface EngineLinkOptions {
  readonly announcer: Announcer;
  readonly engineFactory: EngineFactory;
  /** Goes on with the run when a lost device cannot be had again. */
  readonly fallbackFactory: EngineFactory | undefined;
  wait(milliseconds: number): Promise<void>;
  /** The steps to come are another engine's, or start elsewhere. */
  onAdopted(): void;
}

/**
 * A session's engine: started, called one task at a time, built anew after its device was lost, and freed. It keeps the
 * state that a lost device goes back to.
 */
export class EngineLink {
  /** Where the run will start, while there is no engine yet. */
  startStep = 0;
  private prepared: PreparedTraining | null = null;
  private connection: Connection | null = null;
  private first: Snapshot | null = null;
  private restored: Snapshot | null = null;
  private losses = 0;
  private lossesSinceKept = 0;
  private live: Readonly<Record<string, number>> = {};
  /** To the loss of the device: it may outlive the run by far. */
  private stopListening: () => void = () => undefined;
  /** Engine calls are made one at a time, whoever asks for them. */
  private readonly mutex = new Mutex();

  constructor(private readonly options: EngineLinkOptions) {}

  get isConnected(): boolean {
    return this.connection !== null;
  }

  /** The number of the next step. */
  get step(): number {
    return this.connection?.executable.step ?? this.restored?.step ?? this.startStep;
  }

  /** The state before the first step: what a reset goes back to. */
  get initial(): Snapshot | null {
    return this.first;
  }

  /** What is restored after a lost device. */
  get kept(): Snapshot {
    return defined(this.restored, 'an open run');
  }

  get training(): PreparedTraining {
    return defined(this.prepared, 'a prepared training');
  }

  get liveValues(): Readonly<Record<string, number>> {
    return this.live;
  }

  /**
   * Compiles on the first engine, and goes to `snapshot` if there is one. `whenOpen` is called before anything else can
   * happen to the engine, with whether there is one; not at all when the session was closed meanwhile.
   */
  open(
    prepared: PreparedTraining,
    snapshot: Snapshot | undefined,
    whenOpen: (isConnected: boolean) => void,
  ): Promise<void> {
    const { announcer, engineFactory } = this.options;
    this.prepared = prepared;
    return this.mutex.run(async () => {
      if (announcer.isClosed) return;
      const connected = await connect(engineFactory, prepared);
      const adopted = this.adopt(connected, (initial) =>
        snapshot ? this.complete(snapshot, initial) : initial,
      );
      if (!announcer.isClosed) whenOpen(adopted);
    });
  }

  /** Live scalars by name, from the next step on; they outlive a lost device. */
  setLive(values: Readonly<Record<string, number>>): void {
    this.live = { ...this.live, ...values };
    try {
      this.connection?.executable.setLive(values);
    } catch (error) {
      // A lost device is noticed by the next step; the values are set again after the rebuild.
      if (!(error instanceof DeviceLostError)) throw error;
    }
  }

  /** Drops the device as a crash would; nothing happens on engines without one. */
  loseDevice(): void {
    this.connection?.engine.loseDevice?.();
  }

  keep(snapshot: Snapshot): void {
    if (this.restored?.step !== snapshot.step) this.lossesSinceKept = 0;
    this.restored = snapshot;
  }

  /** The whole state that `snapshot` is a part of: the rest is as at the start. */
  complete(snapshot: Snapshot, initial: Snapshot): Snapshot {
    const { program } = this.training.training;
    const { value, diagnostics } = completeSnapshot(program, snapshot, initial.state);
    this.options.announcer.report(diagnostics);
    return value;
  }

  /** Runs `task` when no other engine call is under way; rebuilds the engine when its device turns out to be lost. */
  exclusively(task: (connection: Connection) => Promise<void>): Promise<void> {
    const { announcer } = this.options;
    return this.mutex.run(async () => {
      const { connection } = this;
      if (announcer.isClosed || !connection) return;
      try {
        try {
          await task(connection);
        } catch (error) {
          if (announcer.isClosed || !(error instanceof DeviceLostError)) throw error;
          await this.recover(connection, error.message);
        }
      } catch (error) {
        this.fail(error);
      }
    });
  }

  /** Ends the session on a failure that nobody foresaw. */
  fail(error: unknown): void {
    const { announcer } = this.options;
    if (announcer.isClosed) return;
    this.disconnect();
    const { labelOf = null } = this.prepared ?? {};
    announcer.report([failureOf(error, 'The run stopped on an unexpected failure', labelOf)]);
    announcer.enter('failed', this.step);
  }

  /** Frees the engine once no call is under way. */
  close(): Promise<void> {
    return this.mutex.run(() => {
      this.disconnect();
      return Promise.resolve();
    });
  }

  /** Builds the engine anew after its device was lost, and goes on in the state in which that happened. */
  private async recover(lost: Connection, why: string): Promise<void> {
    const { announcer, engineFactory, fallbackFactory, wait } = this.options;
    const { state: before } = announcer;
    const { kept } = this;
    this.losses++;
    const often = this.losses === 1 ? '' : `, ${this.losses} times by now`;
    announcer.enter('lost', this.step);
    announcer.report([
      {
        code: 'run.device-lost',
        severity: 'warning',
        message: `The device of the engine “${lost.engine.info.name}” was lost (${why})${often}. It is rebuilt, and the run goes on from step ${formatWhole(kept.step)}.`,
      },
    ]);
    this.disconnect();
    this.lossesSinceKept++;
    const hopeless = this.lossesSinceKept > LOSSES_BEFORE_FALLBACK && fallbackFactory;
    const connected = await reconnect(
      hopeless ? fallbackFactory : engineFactory,
      fallbackFactory,
      this.training,
      wait,
    );
    if (this.adopt(connected, () => this.kept)) announcer.enter(before, this.step);
    else if (!announcer.isClosed) announcer.enter('failed', this.step);
  }

  /** Takes over a new connection in the state that `startFrom` gives. */
  private adopt(
    connected: Result<Connection>,
    startFrom: (initial: Snapshot) => Snapshot,
  ): boolean {
    const { announcer } = this.options;
    if (announcer.isClosed) {
      if (connected.ok) connected.value.engine.dispose();
      return false;
    }
    announcer.report(connected.diagnostics);
    if (!connected.ok) return false;
    const connection = connected.value;
    const { engine, executable, reason, initial } = connection;
    this.connection = connection;
    this.first = { step: 0, state: initial };
    this.restored = startFrom(this.first);
    executable.setLive(this.live);
    executable.writeState(this.restored.state, this.restored.step);
    this.options.onAdopted();
    announcer.send({ kind: 'engine', info: engine.info, reason });
    this.stopListening = onResolved(
      engine.lost,
      (why) =>
        void this.exclusively(async (current) => {
          if (current === connection) await this.recover(connection, why);
        }),
    );
    return true;
  }

  private disconnect(): void {
    const { connection } = this;
    this.connection = null;
    this.stopListening();
    freeAnyway(() => connection?.executable.dispose());
    freeAnyway(() => connection?.engine.dispose());
  }
}
