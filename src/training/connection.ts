import { failure, success, type Result } from '../core/result';
import { DeviceLostError, type Engine, type Executable, type HostArrays } from '../engine/engine';
import { OutOfMemoryError, withWayOut } from '../engine/outOfMemoryError';
import type { EngineFactory } from './engineFactory';
import { failureOf } from './failureOf';
import type { PreparedTraining } from './prepareTraining';

/** An engine with the compiled training program on it. */
export interface Connection {
  readonly engine: Engine;
  readonly executable: Executable;
  readonly reason: string;
  /** The state before the first step. */
  readonly initial: HostArrays;
}

/** Waits before the tries to get a lost GPU back: its process may need seconds to start again. */
const RETRY_DELAYS_MS = [0, 250, 1000, 2500];

/** Makes an engine and compiles the program on it. The engine does not outlive a failure. */
export async function connect(
  factory: EngineFactory,
  { training, data, labelOf }: PreparedTraining,
): Promise<Result<Connection>> {
  const chosen = await factory();
  if (!chosen.ok) return chosen;
  const { engine, reason } = chosen.value;
  try {
    const executable = await engine.compile(training.program, data);
    const initial = await executable.readState();
    return success({ engine, executable, reason, initial }, chosen.diagnostics);
  } catch (error) {
    freeAnyway(() => engine.dispose());
    if (error instanceof DeviceLostError) {
      const message = `The GPU device was lost while compiling: ${error.message}`;
      return failure({ code: 'run.device-lost', severity: 'error', message });
    }
    if (error instanceof OutOfMemoryError) {
      const label = (await chosen.value.roomier?.(training.program)) ?? null;
      return failure(withWayOut(failureOf(error, '', labelOf), label));
    }
    const what = `The engine “${engine.info.name}” could not compile the graph`;
    return failure({ hint: 'Choose another engine.', ...failureOf(error, what, labelOf) });
  }
}

/** Frees what a broken engine may not be able to free any more: its worker is replaced, and takes it along. */
export function freeAnyway(free: () => void): void {
  try {
    free();
  } catch {
    // Why the engine broke is being told; that it cannot clean up behind itself is no news.
  }
}

/**
 * `connect` for a device that was lost: tries for some seconds, then falls back to `fallback`. With the fallback's
 * connection comes a warning that says so.
 */
export async function reconnect(
  factory: EngineFactory,
  fallback: EngineFactory | undefined,
  prepared: PreparedTraining,
  wait: (milliseconds: number) => Promise<void>,
): Promise<Result<Connection>> {
  let last: Result<Connection> | null = null;
  for (const delay of RETRY_DELAYS_MS) {
    await wait(delay);
    last = await connect(factory, prepared);
    if (last.ok) return last;
  }
  if (fallback) {
    const other = await connect(fallback, prepared);
    if (other.ok) {
      const { name } = other.value.engine.info;
      return success(other.value, [
        ...other.diagnostics,
        {
          code: 'run.engine-unavailable',
          severity: 'warning',
          message: `The GPU could not be had again, so the run goes on with the engine “${name}”.`,
          hint: 'Choose the engine again to try the GPU once more.',
        },
      ]);
    }
  }
  return failure(
    {
      code: 'run.device-lost',
      severity: 'error',
      message: 'The GPU device was lost and could not be had again.',
      hint: 'Close other pages that use the GPU, then reload, or choose another engine.',
    },
    ...(last?.diagnostics ?? []),
  );
}
