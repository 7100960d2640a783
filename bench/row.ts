import type { EngineName } from './engines/contract';

/** One engine on one workload, as `--json` writes it. */
export interface Row {
  readonly workload: string;
  readonly engine: EngineName;
  readonly backend: string;
  /** Median over the rounds; null where the engine cannot run the workload. */
  readonly msPerStep: number | null;
  /** Of the quickest round: what disturbed the machine only added to the others. */
  readonly msPerStepBest: number | null;
  /** From the arrays to the end of the first step: tracing, planning, shaders, uploads. */
  readonly compileMs: number | null;
  /** Time that the calling thread is busy with a step; null where the step itself is computed there. */
  readonly jsMsPerStep: number | null;
  /** Null where nothing runs on WebGPU. */
  readonly dispatchesPerStep: number | null;
  readonly submitsPerStep: number | null;
  /** Bytes of the arrays that the kernels of a step touch; known for Basin's plans only. */
  readonly bytesPerStep: number | null;
  /** Of the first step, before its update. */
  readonly lossFirst: number | null;
  /** After the workload's checked steps from the common initial weights. */
  readonly lossAfter: number | null;
  /** Why there are no numbers. */
  readonly unsupported?: string;
}
