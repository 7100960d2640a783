import type { Program, Value } from '../../ir/types';
import { OutOfMemoryError } from '../outOfMemoryError';
import { WASM_MEMORY_LIMIT } from './guardAllocation';
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
  const { loopMemory, threads } = kernels;
  const planned = loopMemory
    ? planWithLoops(program, threads, !(loopMemory.buffer instanceof ArrayBuffer))
    : { plans: planProgram(program, null), compiled: null };
  checkMemory(kernels, program, planned);
  return planned;
}

/** Whether a program is not known to be too large for WebAssembly; asked of no backend. */
export function hasRoomOnWasm(program: Program): boolean {
  const { plans, compiled } = planWithLoops(program, 1, false);
  return planMemory(program, plans, compiled?.scratchBytes ?? 0).peakBytes <= WASM_MEMORY_LIMIT;
}

function planWithLoops(program: Program, threads: number, isShared: boolean): BackendPlan {
  const takes = (value: Value): boolean => threads === 1 || !isWorthThreads(value);
  const plans = planProgram(program, { takes, members: packMembers(program) });
  const loops = allLoops(plans);
  return { plans, compiled: loops.length > 0 ? compileLoops(loops, isShared) : null };
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
