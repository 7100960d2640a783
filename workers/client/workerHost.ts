import { proxy, releaseProxy, wrap, type Endpoint, type Remote } from 'comlink';

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

interface RunningWorker<Api> {
  readonly worker: WorkerLike;
  readonly api: Remote<Api>;
  /** Rejects when the worker dies or is ended; never resolves. */
  readonly death: Promise<never>;
  readonly die: (error: Error) => void;
  readonly stopListening: () => void;
}

/** A worker that dies as often as this without having answered once is not started again. */
const DEATHS_IN_A_ROW = 3;

/**
 * Keeps a worker: starts it at the first call, and starts another one at the next call after it died. Calls that were
 * under way then reject with `WorkerDiedError`; Comlink alone would leave them waiting for ever.
 */
export class WorkerHost<Api> {
  private running: RunningWorker<Api> | null = null;
  private deathsInARow = 0;

  constructor(
    private readonly spawn: () => WorkerLike,
    /** Called after each death, with its reason. Not called for `terminate`. */
    private readonly onDeath: (reason: string) => void = () => undefined,
  ) {}

  async call<T>(use: (api: Remote<Api>) => Promise<T>): Promise<T> {
    const { api, death } = (this.running ??= this.start());
    const result = await Promise.race([use(api), death]);
    this.deathsInARow = 0;
    return result;
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
    const { running } = this;
    this.discard();
    running?.die(new WorkerDiedError('the worker was ended'));
  }

  private start(): RunningWorker<Api> {
    if (this.hasGivenUp) {
      throw new WorkerDiedError('the worker cannot be started');
    }
    const worker = this.spawn();
    let die: (error: Error) => void = () => undefined;
    const death = new Promise<never>((_, reject) => (die = reject));
    // Without a call under way nobody waits for it.
    death.catch(() => undefined);
    const end = (reason: string): void => {
      // It was terminated on purpose, or is known to be dead.
      if (this.running?.worker !== worker) return;
      this.discard();
      this.deathsInARow++;
      die(new WorkerDiedError(reason || 'the worker stopped'));
      this.onDeath(reason || 'no reason was given');
    };
    void worker.ended?.then(() => end('the browser ended it, as it does when memory is short'));
    const listener = (event: Event): void => {
      event.preventDefault();
      end('message' in event ? String(event.message) : '');
    };
    worker.addEventListener('error', listener);
    worker.addEventListener('messageerror', listener);
    const stopListening = (): void => {
      worker.removeEventListener('error', listener);
      worker.removeEventListener('messageerror', listener);
    };
    return { worker, api: wrap<Api>(worker), death, die, stopListening };
  }

  private discard(): void {
    const { running } = this;
    this.running = null;
    if (!running) return;
    running.stopListening();
    running.api[releaseProxy]();
    running.worker.terminate();
  }
}

/** A callback that the worker can call; its events come in order. */
export function workerCallback<T>(callback: (value: T) => void): (value: T) => void {
  return proxy(callback);
}
