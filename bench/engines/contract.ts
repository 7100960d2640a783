import type { Workload } from '../workloads/workload';

export const ENGINES = [
  'basin-webgpu',
  'tfjs-webgpu',
  'jax-webgpu',
  'basin-tfjs-wasm',
  'tfjs-wasm',
  'jax-wasm',
] as const;

export type EngineName = (typeof ENGINES)[number];

/** One engine of the benchmark, in a worker of its own. */
export interface BenchEngine {
  /** What computes, e.g. `webgpu`, `wasm, 1 thread`. */
  readonly backend: string;
  /** Makes whatever the first step needs, and takes that step. Throws `UnsupportedError`. */
  start(workload: Workload): Promise<Training>;
}

/** A training run on the fixed batch. */
export interface Training {
  /** Takes steps and resolves when they have been computed. Reads nothing back. */
  run(steps: number): Promise<StepTime>;
  /** The loss of the last step, before its update. */
  loss(): Promise<number>;
  /** Bytes of the arrays that the kernels of a step touch, where that is known. */
  readonly bytesPerStep: number | null;
  dispose(): void;
}

export interface StepTime {
  /** Time that the calling thread was busy with the steps; null where it computes them itself, or where it is not known. */
  readonly jsMs: number | null;
}

/** What an engine cannot do, in its own words. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
}
