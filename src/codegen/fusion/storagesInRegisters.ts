import type { LoweringContext } from '../lowering/loweringContext';
import type { Storage } from '../plan';
import { writeFusedKernel } from './fusedKernel';
import type { FusedSection } from './fuseSections';

/**
 * Array contraction: temporaries that one block makes and no other reads, nor itself from memory. Its threads keep
 * their elements in registers, and they need no memory.
 */
export function storagesInRegisters(
  sections: readonly FusedSection[],
  lowering: LoweringContext,
): Set<Storage> {
  const users = new Map<Storage, number>();
  const candidates = new Set<Storage>();
  for (const kernel of sections.flatMap(({ kernels }) => kernels)) {
    const source = lowering.dryRun();
    for (const { reads, writes, loaded } of writeFusedKernel(kernel, () =>
      lowering.writer(source),
    )) {
      for (const storage of new Set([...reads.storages, ...writes.storages])) {
        users.set(storage, (users.get(storage) ?? 0) + 1);
        const isPassedOn = writes.touches(storage) && reads.touches(storage);
        if (isPassedOn && !loaded.has(storage) && storage.role === 'temporary') {
          candidates.add(storage);
        }
      }
    }
  }
  return new Set([...candidates].filter((storage) => users.get(storage) === 1));
}
