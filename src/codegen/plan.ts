import type { DType, Shape } from '../ir/types';

/**
 * - `data`: uploaded once. - `state`: kept from step to step. - `literal`: filled once by the host.
 * - `scalars`: all single numbers of one type, side by side: metrics, live scalars, counters, temporaries.
 * - `temporary`: written and read within a step; shares memory with others that do not live at the same time.
 * - `output`: written in a step, kept until the next one. - `ring`: the metric rows of the last steps.
 */
export type StorageRole =
  'data' | 'state' | 'literal' | 'scalars' | 'temporary' | 'output' | 'ring';

/** A logical array. Elements take 4 bytes; masks are stored as u32 0 or 1. */
export interface Storage {
  readonly id: number;
  readonly role: StorageRole;
  readonly name: string;
  readonly dtype: DType;
  /** Elements. */
  readonly length: number;
  /** What the host writes at compile time; zeros when absent. Only for `literal`. */
  readonly contents?: { readonly values: readonly number[] } | { readonly fill: number };
}

/** The type of an element in memory: masks are u32, because WGSL's `bool` cannot be shared with the host. */
export function storedType(dtype: DType): 'f32' | 'i32' | 'u32' {
  return dtype === 'bool' ? 'u32' : dtype;
}

/** `length` consecutive elements of a storage, from `offset` on. */
export interface Ref {
  readonly storage: Storage;
  readonly offset: number;
  readonly length: number;
}

/** All of a storage. */
export function whole(storage: Storage): Ref {
  return { storage, offset: 0, length: storage.length };
}

export type Access = 'read' | 'read_write';

/** A storage that a kernel touches. */
export interface Touch {
  readonly storage: Storage;
  readonly access: Access;
}

/** A buffer that a kernel binds, once, whatever it touches of it: by its number in the plan. */
export interface Binding {
  readonly buffer: number;
  readonly access: Access;
}

/** `map`: a thread an element. `accumulate`: sums and extremes. `counter`: bookkeeping of the step. */
export type KernelKind = 'map' | 'accumulate' | 'matmul' | 'counter';

/** One dispatch. */
export interface Kernel {
  readonly name: string;
  readonly kind: KernelKind;
  /** Ids of the document nodes on whose behalf it computes. */
  readonly nodes: readonly string[];
  /** Names of the ops it covers, the last one being its result. */
  readonly ops: readonly string[];
  readonly wgsl: string;
  /** In the order of their binding numbers. */
  readonly bindings: readonly Binding[];
  readonly touches: readonly Touch[];
  readonly workgroups: readonly [x: number, y: number];
}

/** Kernels in order, run `count` times a step. */
export interface Section {
  readonly count: number;
  readonly kernels: readonly Kernel[];
}

/** A GPU buffer: an arena of storages of one role and type, or a single large one. */
export interface BufferPlan {
  readonly label: string;
  readonly byteLength: number;
  readonly storages: readonly Storage[];
}

/** Where a storage lies. */
export interface StoragePlace {
  /** Number of its buffer. */
  readonly buffer: number;
  /** Its first element in the buffer. */
  readonly offset: number;
}

/** An array that the host may read, and what it means. */
export interface HostView {
  readonly ref: Ref;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** Everything an engine needs to run a program; no GPU was asked anything to make it. */
export interface Plan {
  readonly sections: readonly Section[];
  readonly buffers: readonly BufferPlan[];
  /** By storage id. */
  readonly placeOf: ReadonlyMap<number, StoragePlace>;
  /** The step number: an i32 that the last kernel counts up. */
  readonly step: Ref;
  readonly data: ReadonlyMap<string, Ref>;
  readonly state: ReadonlyMap<string, HostView>;
  readonly live: ReadonlyMap<string, Ref>;
  readonly outputs: ReadonlyMap<string, HostView>;
  readonly metricNames: readonly string[];
  /** Null when there are no metrics. Row `step % ringCapacity` holds the metrics of `step`. */
  readonly ring: Ref | null;
  readonly ringCapacity: number;
}

/** What the adapter allows; the defaults of WebGPU are in `DEFAULT_LIMITS`. */
export interface PlanLimits {
  readonly maxStorageBuffersPerShaderStage: number;
  readonly maxStorageBufferBindingSize: number;
  readonly maxBufferSize: number;
  readonly maxComputeWorkgroupsPerDimension: number;
}

export const DEFAULT_LIMITS: PlanLimits = {
  maxStorageBuffersPerShaderStage: 8,
  maxStorageBufferBindingSize: 134_217_728,
  maxBufferSize: 268_435_456,
  maxComputeWorkgroupsPerDimension: 65_535,
};

export const ELEMENT_BYTES = 4;
