import type { DataType, KernelBackend, KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { defined } from '../../core/invariant';
import { guardAllocation, WASM_MEMORY_LIMIT, type AllocatingModule } from './guardAllocation';
import type { HostView } from './hostLoops';

export type TfBackendName = 'wasm' | 'cpu' | 'webgpu';

/**
 * Where the wasm binaries are: a folder's path or URL ending in `/`, or a path or URL for each file. With the
 * URL of `tfjs-backend-wasm-threaded-simd.js` too, threads are used where the page is cross-origin isolated.
 */
export type WasmPaths = string | Readonly<Record<string, string>>;

/** What the engine needs to know of a TensorFlow.js backend. */
export interface TfRuntime {
  readonly name: TfBackendName;
  readonly backend: KernelBackend;
  readonly getKernel: (kernel: string, backend: string) => KernelConfig;
  /** Direct access to the tensors' memory; null for a GPU. */
  readonly memory: {
    allocate(shape: number[], dtype: DataType): TensorInfo;
    view(tensor: TensorInfo): HostView;
  } | null;
  /** The wasm memory that tensors are in, where vector instructions can be used on it; else null. */
  readonly loops: {
    readonly memory: WebAssembly.Memory;
    address(tensor: TensorInfo): number;
  } | null;
  /** Bytes that tensors can take together; null where nothing but an attempt tells. */
  readonly memoryLimit: number | null;
  /** Threads of the host that kernels compute with. */
  readonly threads: number;
  /** One line on what computes. */
  readonly description: string;
  readonly software: boolean;
  finish(): Promise<void>;
  /** The reason, when a device is lost. */
  readonly lost: Promise<string>;
  dispose(): void;
}

/** What Emscripten leaves at its module, which its types leave out: with threads one, without the other. */
interface ModuleMemory {
  readonly wasmMemory?: WebAssembly.Memory;
  readonly asm?: { readonly memory?: unknown };
}

function memoryOf(module: object): WebAssembly.Memory | null {
  const { wasmMemory, asm } = module as ModuleMemory;
  const memory = wasmMemory ?? asm?.memory;
  return memory instanceof WebAssembly.Memory ? memory : null;
}

const DONE = Promise.resolve();

/** One for each backend: what listens to a promise that stays open is kept as long as the promise is. */
function never(): Promise<string> {
  return new Promise(() => undefined);
}

async function loadCore() {
  const core = await import('@tensorflow/tfjs-core');
  // No advice on the console.
  core.enableProdMode();
  return core;
}

type Core = Awaited<ReturnType<typeof loadCore>>;

/** Makes the backend and lets its kernels bind to it, without making it TensorFlow's global one. */
function setUpKernels(core: Core, name: TfBackendName, backend: KernelBackend): void {
  for (const { setupFunc } of core.getKernelsForBackend(name)) setupFunc?.(backend);
}

/**
 * Emscripten adds process-wide handlers for uncaught errors, which would change how a Node program that
 * embeds the engine ends. Runs `load` and takes away what it added.
 */
async function keepingProcessHandlers<T>(load: () => Promise<T>): Promise<T> {
  if (typeof process !== 'object' || typeof process.listeners !== 'function') return load();
  const events = ['uncaughtException', 'unhandledRejection'];
  const before = new Set<unknown>(events.flatMap((event) => process.rawListeners(event)));
  try {
    return await load();
  } finally {
    for (const event of events) {
      for (const listener of process.rawListeners(event)) {
        if (!before.has(listener)) process.removeListener(event, listener as () => void);
      }
    }
  }
}

// The kernels of the wasm backend bind to one instance, so a realm has one; its memory never shrinks anyway.
let wasm: Promise<TfRuntime> | null = null;

/** A backend with threads, where the page may have them and the paths name their script; else null. */
async function makeThreaded(paths: WasmPaths | undefined) {
  if (typeof paths !== 'object' || globalThis.crossOriginIsolated !== true) return null;
  // The module takes one thread for every two cores.
  if (navigator.hardwareConcurrency < 4) return null;
  const binary = paths['tfjs-backend-wasm-threaded-simd.wasm'];
  const script = paths['tfjs-backend-wasm-threaded-simd.js'];
  if (!binary || !script) return null;
  try {
    const { makeThreadedBackend } = await import('./threadedWasm');
    return await makeThreadedBackend({ binary, script });
  } catch {
    // One thread computes the same numbers.
    return null;
  }
}

async function loadWasm(paths: WasmPaths | undefined): Promise<TfRuntime> {
  const core = await loadCore();
  const { BackendWasm, getThreadsCount, setWasmPaths } =
    await import('@tensorflow/tfjs-backend-wasm');
  const makePlain = async () => {
    if (paths !== undefined) setWasmPaths(paths);
    core.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    const factory = defined(core.findBackendFactory('wasm'), 'factory of the wasm backend');
    const made = await keepingProcessHandlers(async () => factory());
    if (!(made instanceof BackendWasm)) throw new Error('the wasm backend is of an unknown kind');
    return made;
  };
  const backend = (await makeThreaded(paths)) ?? (await makePlain());
  // What Emscripten exports, and its types leave out.
  guardAllocation(backend.wasm as unknown as AllocatingModule);
  setUpKernels(core, 'wasm', backend);
  const simd = (await core.env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true;
  const threads = getThreadsCount();
  const memory = simd ? memoryOf(backend.wasm) : null;
  return {
    name: 'wasm',
    backend,
    getKernel: core.getKernel,
    memory: {
      allocate: (shape, dtype) => backend.makeOutput(shape, dtype),
      view: (tensor) => backend.typedArrayFromHeap(tensor),
    },
    memoryLimit: WASM_MEMORY_LIMIT,
    threads,
    loops: memory && {
      memory,
      address: ({ dataId }) => backend.getMemoryOffset(dataId),
    },
    description: `TensorFlow.js on WebAssembly${simd ? ' with SIMD' : ''}${threads > 1 ? `, ${threads} threads` : ''}`,
    software: false,
    finish: () => DONE,
    lost: never(),
    dispose: () => undefined,
  };
}

let cpu: Promise<TfRuntime> | null = null;

async function loadCpu(): Promise<TfRuntime> {
  const core = await loadCore();
  const { MathBackendCPU } = await import('@tensorflow/tfjs-backend-cpu');
  const backend = new MathBackendCPU();
  setUpKernels(core, 'cpu', backend);
  const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };
  return {
    name: 'cpu',
    backend,
    getKernel: core.getKernel,
    memory: {
      allocate: (shape, dtype) => {
        const length = core.util.sizeFromShape(shape);
        return backend.makeTensorInfo(
          shape,
          dtype,
          new arrays[dtype as keyof typeof arrays](length),
        );
      },
      // `readSync` copies masks; these are the values themselves.
      view: (tensor) => backend.data.get(tensor.dataId).values as HostView,
    },
    loops: null,
    memoryLimit: null,
    threads: 1,
    description: 'TensorFlow.js in plain JavaScript',
    software: false,
    finish: () => DONE,
    lost: never(),
    dispose: () => undefined,
  };
}

async function loadWebGpu(gpu: GPU | undefined): Promise<TfRuntime> {
  const adapter = await (gpu ?? globalThis.navigator?.gpu)?.requestAdapter({
    powerPreference: 'high-performance',
  });
  if (!adapter) throw new Error('there is no WebGPU adapter');
  const core = await loadCore();
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const { limits } = adapter;
  // The limits that TensorFlow.js itself asks for.
  const device = await adapter.requestDevice({
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    },
  });
  const backend = new WebGPUBackend(device, adapter.info);
  setUpKernels(core, 'webgpu', backend);
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const label =
    description || [vendor, architecture].filter(Boolean).join(' ') || 'an unnamed adapter';
  let disposed = false;
  return {
    name: 'webgpu',
    backend,
    getKernel: core.getKernel,
    memory: null,
    loops: null,
    memoryLimit: null,
    threads: 1,
    description: `TensorFlow.js on WebGPU (${label})`,
    software: isFallbackAdapter,
    finish: async () => {
      backend.ensureCommandEncoderReady();
      backend.endComputePassEncoder();
      backend.submitQueue();
      await device.queue.onSubmittedWorkDone();
    },
    lost: new Promise((resolve) => {
      void device.lost.then(({ message, reason }) => {
        if (!disposed) resolve(message || reason);
      });
    }),
    dispose: () => {
      disposed = true;
      backend.dispose();
      device.destroy();
    },
  };
}

/**
 * Loads one backend and nothing of the others. The wasm and cpu backends are shared by all engines of a
 * realm (a page or worker); each webgpu engine has its own device.
 *
 * @throws when the backend cannot run here
 */
export function loadBackend(
  name: TfBackendName,
  options: { readonly wasmPaths?: WasmPaths; readonly gpu?: GPU },
): Promise<TfRuntime> {
  switch (name) {
    case 'wasm':
      wasm ??= loadWasm(options.wasmPaths).catch((error: unknown) => {
        wasm = null;
        throw error;
      });
      return wasm;
    case 'cpu':
      cpu ??= loadCpu();
      return cpu;
    case 'webgpu':
      return loadWebGpu(options.gpu);
  }
}
