import { ELEMENT_BYTES, type Access, type Kernel, type Plan } from '../plan';
import { kernelNumbers, planNumbers, type KernelNumbers, type PlanNumbers } from './planNumbers';

/** An array as a kernel uses it. */
export interface ListedArray {
  readonly name: string;
  readonly bytes: number;
}

/** A kernel with all that can be shown of it, as plain data that can be sent from a worker. */
export interface ListedKernel extends KernelNumbers {
  /** Names of its ops, the last one being its result. */
  readonly opNames: readonly string[];
  readonly reads: readonly ListedArray[];
  /** Those that it updates in place among them. */
  readonly writes: readonly ListedArray[];
  readonly wgsl: string;
}

/** The kernels of a plan in the order of their dispatches, with the plan's numbers. */
export interface KernelListing extends Omit<PlanNumbers, 'kernels'> {
  readonly kernels: readonly ListedKernel[];
}

export function listKernels(plan: Plan): KernelListing {
  return {
    ...planNumbers(plan),
    kernels: plan.sections.flatMap(({ count, kernels }) =>
      kernels.map((kernel) => ({
        ...kernelNumbers(kernel, count),
        opNames: kernel.ops,
        reads: arrays(kernel, 'read'),
        writes: arrays(kernel, 'read_write'),
        wgsl: kernel.wgsl,
      })),
    ),
  };
}

function arrays({ touches }: Kernel, wanted: Access): ListedArray[] {
  return touches
    .filter(({ access }) => access === wanted)
    .map(({ storage: { name, length } }) => ({ name, bytes: length * ELEMENT_BYTES }));
}
