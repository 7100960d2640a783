import type { Result } from '../../core/result';
import type { WasmPaths } from '../tfjs/loadBackend';

/** Where engines run: a browser's worker, or Node. What differs between the two, and nothing of any one engine. */
export interface EngineHost {
  /** Where to ask for a GPU adapter; `run.engine-unavailable` where there is no such place. */
  gpu(): Promise<Result<GPU>>;
  /** Where the wasm binaries of TensorFlow.js are. */
  wasmPaths(): Promise<WasmPaths>;
}
