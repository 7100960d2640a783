import { livenessIntervals } from '../memory/liveness';
import { ELEMENT_BYTES, type Access, type Kernel, type KernelKind, type Plan } from '../plan';

/** What one dispatch costs. */
export interface KernelNumbers {
  readonly name: string;
  readonly kind: KernelKind;
  /** Ids of the document nodes on whose behalf it computes. */
  readonly nodes: readonly string[];
  /** Dispatches a step: over 1 in a loop. */
  readonly count: number;
  /** Ops of the program that it covers. */
  readonly ops: number;
  /**
   * Bytes of the arrays that a dispatch reads, each counted once and whole, also where it picks a few rows of a data
   * set. Arrays that it updates in place count as written only.
   */
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly workgroups: readonly [x: number, y: number];
}

/** A buffer and what lies in it. */
export interface ArenaNumbers {
  readonly label: string;
  readonly bytes: number;
  readonly arrays: number;
}

/** What a plan costs, for `basin compile`, the kernels panel and benchmarks. */
export interface PlanNumbers {
  readonly dispatchesPerStep: number;
  readonly passesPerStep: number;
  readonly buffers: number;
  readonly bytes: number;
  /** Most bytes that hold something at one time: what is kept, and the temporaries alive together. At most `bytes`. */
  readonly peakBytes: number;
  readonly arenas: readonly ArenaNumbers[];
  readonly kernels: readonly KernelNumbers[];
}

export function planNumbers(plan: Plan): PlanNumbers {
  const { sections, buffers } = plan;
  const kernels = sections.flatMap((section) =>
    section.kernels.map((kernel) => kernelNumbers(kernel, section.count)),
  );
  return {
    dispatchesPerStep: kernels.reduce((sum, { count }) => sum + count, 0),
    // Many steps go into one pass.
    passesPerStep: kernels.length === 0 ? 0 : 1,
    buffers: buffers.length,
    bytes: buffers.reduce((sum, { byteLength }) => sum + byteLength, 0),
    peakBytes: peakBytes(plan),
    arenas: buffers.map(({ label, byteLength, storages }) => ({
      label,
      bytes: byteLength,
      arrays: storages.length,
    })),
    kernels,
  };
}

export function kernelNumbers(kernel: Kernel, count: number): KernelNumbers {
  const { name, kind, nodes, ops, workgroups } = kernel;
  return {
    name,
    kind,
    nodes,
    count,
    ops: ops.length,
    bytesRead: touchedBytes(kernel, 'read'),
    bytesWritten: touchedBytes(kernel, 'read_write'),
    workgroups,
  };
}

function touchedBytes({ touches }: Kernel, wanted: Access): number {
  const touched = touches.flatMap(({ storage, access }) => (access === wanted ? [storage] : []));
  return touched.reduce((sum, { length }) => sum + length * ELEMENT_BYTES, 0);
}

function peakBytes({ sections, buffers }: Plan): number {
  const intervals = livenessIntervals(
    sections.map(({ count, kernels }) => ({
      count,
      kernels: kernels.map(({ touches }) => {
        const of = (wanted: Access) =>
          new Set(touches.flatMap(({ storage, access }) => (access === wanted ? [storage] : [])));
        return { reads: of('read'), writes: of('read_write') };
      }),
    })),
  );
  let kept = 0;
  // Bytes that come to life at a kernel, less those that died just before it.
  const changes: number[] = [];
  for (const storage of buffers.flatMap(({ storages }) => storages)) {
    const bytes = storage.length * ELEMENT_BYTES;
    const interval = intervals.get(storage);
    if (storage.role !== 'temporary' || !interval) {
      kept += bytes;
      continue;
    }
    const end = interval.last + 1;
    changes[interval.first] = (changes[interval.first] ?? 0) + bytes;
    changes[end] = (changes[end] ?? 0) - bytes;
  }
  let alive = 0;
  let most = 0;
  for (const change of changes) {
    alive += change ?? 0;
    most = Math.max(most, alive);
  }
  return kept + most;
}
