import { onResolved } from '../../core/onResolved';
import { failure, success, type Result } from '../../core/result';
import type { Engine } from '../engine';
import { Kernels } from './kernels';
import { loadBackend, type TfBackendName, type TfRuntime, type WasmPaths } from './loadBackend';
import { TfjsExecutable } from './tfjsExecutable';

export interface TfjsOptions {
  /** `auto` is wasm where it runs, else cpu. */
  readonly backend: 'auto' | TfBackendName;
  /** Where wasm finds its binaries: `browserWasm.ts` or `nodeWasm.ts` know. */
  readonly wasmPaths?: WasmPaths;
  /** Whose adapter webgpu uses; `navigator.gpu` when not given. */
  readonly gpu?: GPU;
}

function reasonOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  // TensorFlow.js rejects with a plain object.
  const message: unknown = typeof error === 'object' && error && Reflect.get(error, 'message');
  return typeof message === 'string' ? message : String(error);
}

/** An engine on a backend that is loaded. */
export function engineOn(runtime: TfRuntime): Engine {
  const kernels = new Kernels(runtime);
  const executables = new Set<TfjsExecutable>();
  // Heard once for all executables: each listener would be kept as long as the backend.
  let loss: string | null = null;
  const stopListening = onResolved(runtime.lost, (reason) => (loss = reason));
  return {
    info: {
      name: 'tfjs',
      badge: `TF.js ${runtime.name}`,
      backend: runtime.name,
      description: runtime.description,
      software: runtime.software,
      runsKernels: false,
    },
    compile: async (program, data) => {
      const executable = await TfjsExecutable.make(
        kernels,
        program,
        data,
        () => loss,
        (gone) => executables.delete(gone),
      );
      executables.add(executable);
      return executable;
    },
    lost: runtime.lost,
    dispose: () => {
      for (const executable of [...executables]) executable.dispose();
      stopListening();
      runtime.dispose();
    },
  };
}

/**
 * The portable engine: TensorFlow.js kernels, one IR op after the other, in float32. Several engines, also
 * of different backends, live side by side in a page or worker: TensorFlow's global backend is not used.
 * Only the chosen backend is loaded. Diagnostics are `run.engine-unavailable` when it cannot run here;
 * `auto` gives the same as a warning when it had to take cpu.
 */
export async function createTfjsEngine(options: TfjsOptions): Promise<Result<Engine>> {
  const { backend, ...rest } = options;
  const name = backend === 'auto' ? 'wasm' : backend;
  try {
    return success(engineOn(await loadBackend(name, rest)));
  } catch (error) {
    const message = `TensorFlow.js cannot compute on ${name} here: ${reasonOf(error)}`;
    const code = 'run.engine-unavailable';
    if (backend !== 'auto') return failure({ code, severity: 'error', message });
    const hint = 'Training goes on in plain JavaScript, many times slower.';
    return success(engineOn(await loadBackend('cpu', rest)), [
      { code, severity: 'warning', message, hint },
    ]);
  }
}
