import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import createModule from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
import { wasmWorkerContents } from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js';

/** Emscripten's way to call a C function, which its types leave out. */
interface CallableModule {
  cwrap<F>(name: string, result: 'number' | null, parameters: readonly 'number'[]): F;
}

/** The module has this many workers ready; more would have to be started while one waits for them. */
const MOST_THREADS = 8;
const START_TIMEOUT = 10_000;

/** Where the files of the threaded build are served. */
export interface ThreadedPaths {
  readonly binary: string;
  /** The module's script as a file, for its threads to import. */
  readonly script: string;
}

/**
 * Makes a wasm backend with threads. TensorFlow's own way to do so has the threads import their script
 * from a blob: URL, which a content security policy with `script-src 'self'` refuses; here they import it
 * from the origin. Wants cross-origin isolation.
 *
 * @throws when the threads do not start
 */
export async function makeThreadedBackend({ binary, script }: ThreadedPaths): Promise<BackendWasm> {
  // It is kept as a template literal without escapes: what was backslash-n in it is a line end now.
  const threadScript = wasmWorkerContents.replaceAll('\n', '\\n');
  const threadUrl = URL.createObjectURL(
    new Blob([threadScript], { type: 'application/javascript' }),
  );
  try {
    const wasm = await inTime(
      createModule({
        mainScriptUrlOrBlob: new URL(script, globalThis.location.href).href,
        locateFile: (path) => (path.endsWith('.worker.js') ? threadUrl : binary),
      }),
    );
    const { cwrap } = wasm as unknown as CallableModule;
    setThreadsCount(Math.min(MOST_THREADS, Math.floor(navigator.hardwareConcurrency / 2)));
    // The names under which the backend looks for what the module exports.
    wasm.tfjs = {
      init: cwrap('init', null, []),
      initWithThreadsCount: cwrap('init_with_threads_count', null, ['number']),
      getThreadsCount: cwrap('get_threads_count', 'number', []),
      registerTensor: cwrap('register_tensor', null, ['number', 'number', 'number']),
      disposeData: cwrap('dispose_data', null, ['number']),
      dispose: cwrap('dispose', null, []),
    };
    return new BackendWasm(wasm);
  } finally {
    URL.revokeObjectURL(threadUrl);
  }
}

/** Threads that are refused say nothing: without a limit one would wait for ever. */
async function inTime<T>(start: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the threads did not start')), START_TIMEOUT);
  });
  try {
    return await Promise.race([start, late]);
  } finally {
    clearTimeout(timer);
  }
}
