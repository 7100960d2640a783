import type { KernelKind, Plan } from './plan';

/** What a plan costs, for `basin compile`, the kernels panel and benchmarks. */
export interface PlanNumbers {
  readonly dispatchesPerStep: number;
  readonly passesPerStep: number;
  readonly buffers: number;
  readonly bytes: number;
  readonly kernels: readonly {
    readonly name: string;
    readonly kind: KernelKind;
    readonly nodes: readonly string[];
    /** Dispatches a step: over 1 in a loop. */
    readonly count: number;
  }[];
}

export function planNumbers({ sections, buffers }: Plan): PlanNumbers {
  const kernels = sections.flatMap((section) =>
    section.kernels.map(({ name, kind, nodes }) => ({ name, kind, nodes, count: section.count })),
  );
  return {
    dispatchesPerStep: kernels.reduce((sum, { count }) => sum + count, 0),
    // Many steps go into one pass.
    passesPerStep: kernels.length === 0 ? 0 : 1,
    buffers: buffers.length,
    bytes: buffers.reduce((sum, { byteLength }) => sum + byteLength, 0),
    kernels,
  };
}
