import type { Program } from '../ir/types';

export interface EngineInfo {
  /** That of its descriptor, e.g. `tfjs`. */
  readonly name: string;
  /** What the badge says, e.g. `TF.js wasm`. */
  readonly badge: string;
  /** What computes underneath, e.g. `wasm`, `cpu`, `webgpu`, or the adapter's own name. */
  readonly backend: string;
  /** One line for the badge, in the user's terms. */
  readonly description: string;
  /** A software adapter: correct, but often slower than wasm. */
  readonly software: boolean;
  /** Whether it runs the kernels of `src/codegen`, which the Kernels tab lists. */
  readonly runsKernels: boolean;
}

export type HostArray = Float32Array | Int32Array | Float64Array;

/** Arrays by name, in row-major order. Masks are read as 0 or 1. */
export type HostArrays = ReadonlyMap<string, HostArray>;

/** Consecutive rows of the metrics ring, row-major: `rows × names`. */
export interface MetricRows {
  readonly names: readonly string[];
  readonly firstStep: number;
  readonly rows: number;
  readonly values: Float64Array;
}

/** Thrown by any call when the device under an engine has gone. The session rebuilds and goes on. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';
}

/**
 * A compiled program with its state. One engine call runs at a time; calls are made in order.
 * The state starts as the program's initializers say, the step at 0.
 */
export interface Executable {
  /** The number of the next step. */
  readonly step: number;
  /** Runs `steps` steps; resolves when they are done. Creates nothing per step. */
  run(steps: number): Promise<void>;
  /** The rows that have come since the last drain. The ring holds `ringCapacity` rows: drain before it overruns. */
  drainMetrics(): Promise<MetricRows>;
  readonly ringCapacity: number;
  /** Changes live scalars from the next step on; names that the program does not have are ignored. */
  setLive(values: Readonly<Record<string, number>>): void;
  /** Current state arrays; all when `names` is not given. */
  readState(names?: readonly string[]): Promise<Map<string, HostArray>>;
  /** Overwrites the given state arrays, and the step when given. */
  writeState(arrays: HostArrays, step?: number): void;
  /** The program's outputs as of the last step run. */
  readOutputs(names?: readonly string[]): Promise<Map<string, HostArray>>;
  dispose(): void;
}

export interface Engine {
  readonly info: EngineInfo;
  /** `data` holds every array that `program.data` names. */
  compile(program: Program, data: HostArrays): Promise<Executable>;
  /** Resolves when the device is lost for another reason than `dispose`; never for engines without a device. */
  readonly lost: Promise<string>;
  /** Drops the device on purpose, as a crash of the GPU would: `lost` resolves, calls throw. For tests. */
  loseDevice?(): void;
  dispose(): void;
}
