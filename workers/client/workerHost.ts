import { proxy, releaseProxy, wrap, type Endpoint, type Remote } from 'comlink';
import { Watchdog } from '../../src/core/watch/watchdog';
import { hasMark } from '../heartbeat';
import { PING, PONG } from '../protocol';

/** What a host needs of a worker; a `Worker` is one. */
export interface WorkerLike extends Endpoint {
  terminate(): void;
  /** Resolves when the worker is no more, also where no event says so. */
  readonly ended?: Promise<void>;
}

/** The worker died while a call was under way, or cannot be started. */
export class WorkerDiedError extends Error {
  override readonly name = 'WorkerDiedError';
}

/** It did not die by itself, but was ended from here. */
export class WorkerEndedError extends WorkerDiedError {
  constructor(
    /** Nobody wants what it had in hand any more. */
    readonly isOvertaken: boolean,
  ) {
    super('the worker was ended');
  }
}

/** A worker of which nothing is heard although something is due. */
export interface SilentWorker {
  /** What it is called in a sentence, without an article: `training worker`. */
  readonly name: string;
  /** What does not come from it. */
  readonly due: Due;
  /** Ends it. Whoever waits for it is told, and another one takes over. */
  restart(): void;
}

/** Told of a worker that has gone silent; what it returns is called once it is heard of again, or replaced. */
export type SilenceListener = (silent: SilentWorker) => () => void;

/** What is due from a worker: an answer to whether it is there, or steps, which one that is there may not make either. */
export type Due = 'answers' | 'steps';

export interface WorkerHostOptions {
  /** What it is called in a sentence, without an article: `training worker`. */
  readonly name: string;
  spawn(): WorkerLike;
  /** Called after each death, with its reason. Not called for `terminate` and `overtake`. */
  onDeath?(reason: string): void;
  readonly onSilent?: SilenceListener | undefined;
}

/** How a page's end of a worker may be made. */
export interface ClientOptions {
  /** Another worker than its own; for tests. */
  readonly spawn?: () => WorkerLike;
  readonly onSilent?: SilenceListener;
}

interface RunningWorker<Api> {
  readonly worker: WorkerLike;
  readonly api: Remote<Api>;
  /**
   * Rejects the calls that are under way, when the worker dies or is ended. One promise of the worker's end, which all calls would
   * listen to, would keep a listener of each for as long as the worker lives.
   */
  readonly underWay: Set<(error: Error) => void>;
  readonly stopListening: () => void;
}

/** A worker that dies as often as this without having answered once is not started again. */
const DEATHS_IN_A_ROW = 3;

/**
 * Keeps a worker: starts it at the first call, and starts another one at the next call after it died. Calls that were
 * under way then reject with `WorkerDiedError`; Comlink alone would leave them waiting for ever. While something is due, it is watched.
 */
export class WorkerHost<Api> {
  private running: RunningWorker<Api> | null = null;
  private deathsInARow = 0;
  private due: Due | null = null;
  private stopTelling: () => void = () => undefined;
  private readonly watchdog = new Watchdog({
    ping: () => this.running?.worker.postMessage({ [PING]: true }),
    onSilent: () => {
      const { name, onSilent } = this.options;
      const restart = (): void => this.end('it was restarted');
      this.stopTelling =
        onSilent?.({ name, due: this.due ?? 'answers', restart }) ?? this.stopTelling;
    },
    onHeard: () => this.stopTelling(),
    onHopeless: () => this.end('nothing was heard of it for minutes'),
  });

  constructor(private readonly options: WorkerHostOptions) {}

  async call<T>(use: (api: Remote<Api>) => Promise<T>): Promise<T> {
    const { api, underWay } = (this.running ??= this.start());
    let giveUp: (error: Error) => void = () => undefined;
    const end = new Promise<never>((_, reject) => (giveUp = reject));
    underWay.add(giveUp);
    this.watch();
    try {
      const result = await Promise.race([use(api), end]);
      this.deathsInARow = 0;
      return result;
    } finally {
      underWay.delete(giveUp);
      this.watch();
    }
  }

  /**
   * As `call`, for what does nothing but answer: when the worker dies or is restarted, another one is asked, once. What ends two of them
   * says something of the question or the machine.
   */
  async ask<T>(use: (api: Remote<Api>) => Promise<T>): Promise<T> {
    this.forgive();
    try {
      return await this.call(use);
    } catch (error) {
      if (!(error instanceof WorkerDiedError) || error instanceof WorkerEndedError) throw error;
      return await this.call(use);
    }
  }

  /** What comes by itself from now on, besides answers to calls; null: nothing. */
  expect(due: Due | null): void {
    this.due = due;
    this.watch();
  }

  /** There is a worker: none has been started, or the last one is gone, otherwise. */
  get isRunning(): boolean {
    return this.running !== null;
  }

  /** It died too often in a row: calls reject until `forgive`. */
  get hasGivenUp(): boolean {
    return this.deathsInARow >= DEATHS_IN_A_ROW;
  }

  /** Lets a worker that was given up be started again, because the user asks for it. */
  forgive(): void {
    this.deathsInARow = 0;
  }

  /** Calls that are under way reject with `WorkerDiedError`. */
  terminate(): void {
    this.discard(new WorkerEndedError(false));
  }

  /** As `terminate`, where nobody wants the answers any more. */
  overtake(): void {
    this.discard(new WorkerEndedError(true));
  }

  private watch(): void {
    const isWaiting =
      this.running !== null && (this.running.underWay.size > 0 || this.due !== null);
    if (isWaiting) this.watchdog.begin();
    else this.watchdog.end();
  }

  private start(): RunningWorker<Api> {
    if (this.hasGivenUp) {
      throw new WorkerDiedError('the worker cannot be started');
    }
    const worker = this.options.spawn();
    const end = (reason: string): void => {
      // It was terminated on purpose, or is known to be dead.
      if (this.running?.worker === worker) this.end(reason);
    };
    void worker.ended?.then(() => end('the browser ended it, as it does when memory is short'));
    const fail = (event: Event): void => {
      event.preventDefault();
      end('message' in event ? String(event.message) : '');
    };
    const hear = (event: Event): void => {
      // That it is there is no news while steps are due.
      if (this.due !== 'steps' || !hasMark(event, PONG)) this.watchdog.heard();
    };
    worker.addEventListener('error', fail);
    worker.addEventListener('messageerror', fail);
    worker.addEventListener('message', hear);
    const stopListening = (): void => {
      worker.removeEventListener('error', fail);
      worker.removeEventListener('messageerror', fail);
      worker.removeEventListener('message', hear);
    };
    return { worker, api: wrap<Api>(worker), underWay: new Set(), stopListening };
  }

  /** It is dead, or to be taken for dead. */
  private end(reason: string): void {
    if (this.running === null) return;
    this.deathsInARow++;
    this.discard(new WorkerDiedError(reason || 'the worker stopped'));
    this.options.onDeath?.(reason || 'no reason was given');
  }

  /** Ends what is there; calls that are under way reject with `error`. */
  private discard(error: Error): void {
    const { running } = this;
    this.running = null;
    this.due = null;
    this.watchdog.end();
    if (!running) return;
    running.stopListening();
    running.api[releaseProxy]();
    running.worker.terminate();
    for (const giveUp of running.underWay) giveUp(error);
  }
}

/** A callback that the worker can call; its events come in order. */
export function workerCallback<T>(callback: (value: T) => void): (value: T) => void {
  return proxy(callback);
}
