import type { Program, Value } from '../../ir/types';
import { OutOfMemoryError } from '../outOfMemoryError';
import { isWorthThreads } from './isWorthThreads';
import type { Kernels } from './kernels';
import { compileLoops, type CompiledLoops } from './loops/compileLoops';
import { packMembers } from './packMembers';
import { planMemory } from './planMemory';
import { allLoops, planProgram, type Plans } from './planProgram';

/** A program planned for a backend. */
export interface BackendPlan {
  readonly plans: Plans;
  /** Null where there is nothing for loops to do, or no memory that they could work on. */
  readonly compiled: CompiledLoops | null;
}

/** Plans a program for a backend. Throws an `OutOfMemoryError` when it is sure not to fit. */
export function planOnBackend(kernels: Kernels, program: Program): BackendPlan {
  const { loopMemory } = kernels;
  const takes = (value: Value): boolean => kernels.threads === 1 || !isWorthThreads(value);
  const plans = planProgram(program, loopMemory && { takes, members: packMembers(program) });
  const loops = allLoops(plans);
  const compiled =
    loopMemory && loops.length > 0
      ? compileLoops(loops, !(loopMemory.buffer instanceof ArrayBuffer))
      : null;
  checkMemory(kernels, program, { plans, compiled });
  return { plans, compiled };
}

function checkMemory(
  { memoryLimit }: Kernels,
  program: Program,
  { plans, compiled }: BackendPlan,
): void {
  if (memoryLimit === null) return;
  const { peakBytes, largest } = planMemory(program, plans, compiled?.scratchBytes ?? 0);
  if (peakBytes <= memoryLimit) return;
  throw new OutOfMemoryError({
    subject: 'A step of this graph takes at least',
    needs: peakBytes,
    limit: { bytes: memoryLimit, where: 'WebAssembly' },
    ...(largest === null ? {} : { nodeId: largest }),
  });
}
