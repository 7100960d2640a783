import { invariant } from '../../core/invariant';
import type { Value } from '../../ir/types';
import { aliasOffset } from '../views/viewMap';
import type { KernelWriter } from '../wgsl/kernelWriter';
import type { LoweredKernel } from './loweredKernel';
import type { LoweringContext } from './loweringContext';

/**
 * Gives parts of the expression that `compute` writes kernels of their own, until it touches no more buffers than a
 * kernel may bind, its result included.
 */
export function splitUntilItFits(
  context: LoweringContext,
  root: Value,
  compute: (writer: KernelWriter) => void,
): LoweredKernel[] {
  const { phaseOf } = context.index;
  const most = context.target.limits.maxStorageBuffersPerShaderStage - 1;
  const kernels: LoweredKernel[] = [];
  for (;;) {
    const source = context.dryRun();
    const writer = context.writer(source);
    compute(writer);
    if (source.buffers.size <= most) return kernels;
    let best: Value | null = null;
    let bestTouched = 1;
    for (const value of writer.covered) {
      if (value === root || aliasOffset(value) !== null) continue;
      if (phaseOf.get(value) !== phaseOf.get(root)) continue;
      const touched = touchedBy(context, value);
      if (touched > bestTouched && touched <= most) [best, bestTouched] = [value, touched];
    }
    invariant(best, `%${root.id} touches too many arrays and cannot be split`);
    kernels.push(...context.lower(best));
  }
}

/** Buffers that the code of a value touches. */
function touchedBy(context: LoweringContext, value: Value): number {
  const source = context.dryRun();
  context.writer(source).compute(value, 'i');
  return source.buffers.size;
}
