import type { LoweredSection } from '../lowering/loweredKernel';
import type { LoweringContext } from '../lowering/loweringContext';
import type { SectionAccesses } from '../memory/liveness';
import type { Storage } from '../plan';
import { fuseKernels, keepApart } from './fuseKernels';
import type { Block, FusedKernel } from './fusedKernel';

/** Dispatches in order, run `count` times a step. */
export interface FusedSection {
  readonly count: number;
  readonly kernels: readonly FusedKernel[];
}

/** Fuses the kernels of each section; neighbouring sections that run once are one. */
export function fuseSections(
  sections: readonly LoweredSection[],
  lowering: LoweringContext,
  fused: boolean,
): FusedSection[] {
  const fuse = fused ? fuseKernels : keepApart;
  return joinSections(sections).map(({ count, kernels }) => ({
    count,
    kernels: fuse(kernels, lowering),
  }));
}

/** Neighbouring sections that run once are one; empty ones are dropped. */
function joinSections(sections: readonly LoweredSection[]): LoweredSection[] {
  const joined: LoweredSection[] = [];
  for (const { count, kernels } of sections) {
    const last = joined.at(-1);
    if (kernels.length === 0) continue;
    if (last && last.count === 1 && count === 1) last.kernels.push(...kernels);
    else joined.push({ count, kernels: [...kernels] });
  }
  return joined;
}

/** What the kernels touch in memory, registers left out. */
export function sectionAccesses(
  sections: readonly FusedSection[],
  inRegisters: ReadonlySet<Storage>,
): SectionAccesses[] {
  const storagesOf = (blocks: readonly Block[], access: 'reads' | 'writes'): Set<Storage> => {
    const touched = blocks.flatMap((block) => [...block[access].storages]);
    return new Set(touched.filter((storage) => !inRegisters.has(storage)));
  };
  return sections.map(({ count, kernels }) => ({
    count,
    kernels: kernels.map(({ blocks }) => ({
      reads: storagesOf(blocks, 'reads'),
      writes: storagesOf(blocks, 'writes'),
    })),
  }));
}
