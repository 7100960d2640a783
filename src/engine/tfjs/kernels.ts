import type {
  KernelBackend,
  NamedAttrMap,
  NamedTensorInfoMap,
  TensorInfo,
} from '@tensorflow/tfjs-core';
import { defined, invariant } from '../../core/invariant';
import { elementCount, type DType, type Shape } from '../../ir/types';
import type { HostArray } from '../engine';
import type { BitView, HostView } from './hostLoops';
import type { TfBackendName, TfRuntime } from './loadBackend';

const TF_DTYPES = { f32: 'float32', i32: 'int32', bool: 'bool' } as const;

/** Inputs of a kernel: by name, or for the kernels that take a list, the list. */
export type KernelInputs = NamedTensorInfoMap | readonly TensorInfo[];

/**
 * TensorFlow.js kernels on one backend, called without TensorFlow's own engine: nothing global is touched
 * (several backends can be used side by side), nothing is tracked and nothing is recorded for gradients.
 * Tensors are counted by reference: who gets a `TensorInfo` from a method here owns one reference and
 * gives it back with `release`. Kernels only borrow their inputs.
 */
export class Kernels {
  readonly name: TfBackendName;
  private readonly backend: KernelBackend;
  private readonly found = new Map<string, ReturnType<TfRuntime['getKernel']>['kernelFunc']>();

  constructor(private readonly runtime: TfRuntime) {
    this.name = runtime.name;
    this.backend = runtime.backend;
  }

  /** Whether tensors are in memory that JavaScript reads and writes directly. */
  get onHost(): boolean {
    return this.runtime.memory !== null;
  }

  /** The memory of the tensors, for wasm functions to work on; null where there is none. */
  get loopMemory(): WebAssembly.Memory | null {
    return this.runtime.loops?.memory ?? null;
  }

  /** Bytes that arrays can take together; null where nothing but an attempt tells. */
  get memoryLimit(): number | null {
    return this.runtime.memoryLimit;
  }

  /** Threads that kernels compute with. */
  get threads(): number {
    return this.runtime.threads;
  }

  /** Arrays alive on the backend, for tests of leaks. */
  get arrayCount(): number {
    return this.backend.numDataIds();
  }

  run(kernel: string, inputs: KernelInputs, attributes: NamedAttrMap = {}): TensorInfo {
    let run = this.found.get(kernel);
    if (!run) {
      const config = this.runtime.getKernel(kernel, this.name);
      run = defined(config, `kernel ${kernel} of backend ${this.name}`).kernelFunc;
      this.found.set(kernel, run);
    }
    // The types know named inputs only; Concat takes a list.
    const result = run({
      inputs: inputs as NamedTensorInfoMap,
      attrs: attributes,
      backend: this.backend,
    });
    invariant(!Array.isArray(result), `${kernel} gives one result`);
    return result;
  }

  /** Gives the array to the backend, which may keep it: it must not be written to afterwards. */
  write(values: HostView, shape: Shape, dtype: DType): TensorInfo {
    const tfDtype = TF_DTYPES[dtype];
    return {
      dataId: this.backend.write(values, [...shape], tfDtype),
      shape: [...shape],
      dtype: tfDtype,
    };
  }

  /** Copies any host array into a tensor of `dtype`. Throws when its length is not that of `shape`. */
  upload(values: HostArray | readonly number[], shape: Shape, dtype: DType): TensorInfo {
    invariant(
      values.length === elementCount(shape),
      `${values.length} values for a tensor of shape [${shape.join()}]`,
    );
    if (dtype === 'f32') return this.write(Float32Array.from(values), shape, dtype);
    if (dtype === 'i32') return this.write(Int32Array.from(values), shape, dtype);
    return this.write(
      Uint8Array.from(values, (value) => Number(value !== 0)),
      shape,
      dtype,
    );
  }

  /** A copy of a tensor's values; masks as 0 or 1. */
  async download(tensor: TensorInfo, dtype: DType): Promise<Float32Array | Int32Array> {
    const values = (await this.backend.read(tensor.dataId)) as HostView;
    return dtype === 'f32' ? Float32Array.from(values) : Int32Array.from(values);
  }

  retain(tensor: TensorInfo): TensorInfo {
    this.backend.incRef(tensor.dataId);
    return tensor;
  }

  release(tensor: TensorInfo): void {
    this.backend.disposeData(tensor.dataId);
  }

  /** The same data under another shape: one more reference. */
  reshaped(tensor: TensorInfo, shape: Shape): TensorInfo {
    this.backend.incRef(tensor.dataId);
    return reshape(tensor, shape);
  }

  /** Passes on a temporary tensor and releases it afterwards. */
  consume<T>(tensor: TensorInfo, use: (tensor: TensorInfo) => T): T {
    try {
      return use(tensor);
    } finally {
      this.release(tensor);
    }
  }

  // Direct access, only where `onHost` ----------------------------------------------------------

  /** An array with undefined contents. Views taken before may be detached by it: memory may grow. */
  allocate(shape: Shape, dtype: DType): TensorInfo {
    return this.memory().allocate([...shape], TF_DTYPES[dtype]);
  }

  view(tensor: TensorInfo): HostView {
    return this.memory().view(tensor);
  }

  /** Where a tensor is in `loopMemory`. */
  address(tensor: TensorInfo): number {
    return defined(this.runtime.loops, 'memory for loops').address(tensor);
  }

  bits(tensor: TensorInfo): BitView {
    const view = this.view(tensor);
    return view instanceof Float32Array
      ? new Int32Array(view.buffer, view.byteOffset, view.length)
      : view;
  }

  private memory(): NonNullable<TfRuntime['memory']> {
    return defined(this.runtime.memory, `direct access to memory of backend ${this.name}`);
  }

  /** Resolves when all that was asked for is done. */
  finish(): Promise<void> {
    return this.runtime.finish();
  }
}

/** The same data under another shape, without a reference of its own. */
export function reshape(tensor: TensorInfo, shape: Shape): TensorInfo {
  return { dataId: tensor.dataId, shape: [...shape], dtype: tensor.dtype };
}
