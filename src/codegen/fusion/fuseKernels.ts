import type { LoweredKernel } from '../lowering/loweredKernel';
import type { LoweringContext } from '../lowering/loweringContext';
import type { Dependence } from '../memory/accesses';
import type { IterationSpace } from '../wgsl/loopNest';
import { writeBlock } from '../wgsl/writeBlock';
import { fuseProducers } from './fuseProducers';
import {
  addStage,
  stageOf,
  type Block,
  type Footprint,
  type FusedKernel,
  type FusedStage,
} from './fusedKernel';
import { waysToJoin } from './innerLoops';
import { paysBeside } from './threads';

/** Stages that one kernel may hold, so that its source stays of a size that compiles quickly. */
const MOST_STAGES = 32;

/** A place for a kernel in a fused one: in one of its blocks, or beside them. */
interface Site {
  readonly fused: FusedKernel;
  readonly block: Block | null;
  readonly stage: FusedStage;
  readonly footprint: Footprint;
}

/**
 * Fuses kernels into as few dispatches as their order allows: a list scheduler. A kernel joins
 *
 * 1. the block that computes what it reads, when each thread needs only what it has made itself: an epilogue, or
 *    one more loop over the same rows or columns. That saves a dispatch and the way through memory;
 * 2. else a block of equal iteration space of a later kernel, when it is as elementwise, or loads elements of the same
 *    arrays;
 * 3. else, beside what is there, the first kernel behind all that it waits for (horizontal fusion). That saves a
 *    dispatch, and small work fills the cores that other work leaves idle;
 * 4. else a dispatch of its own.
 *
 * A kernel moves up past others only when it shares nothing with them that either writes.
 */
export function fuseKernels(
  kernels: readonly LoweredKernel[],
  lowering: LoweringContext,
): FusedKernel[] {
  const fused: FusedKernel[] = [];
  const fusion = new Fusion(lowering);
  const most = lowering.target.limits.maxStorageBuffersPerShaderStage;
  for (const kernel of fuseProducers(kernels, (each) => fusion.footprintOf(each), most)) {
    const site = fusion.findSite(fused, kernel);
    if (site) addStage(site.fused, site.block, site.stage, site.footprint);
    else fused.push(fusion.alone(kernel));
  }
  return fused;
}

/** A dispatch for each kernel. */
export function keepApart(
  kernels: readonly LoweredKernel[],
  lowering: LoweringContext,
): FusedKernel[] {
  const fusion = new Fusion(lowering);
  return kernels.map((kernel) => fusion.alone(kernel));
}

class Fusion {
  private readonly footprints = new Map<LoweredKernel, Map<string, Footprint>>();

  constructor(private readonly lowering: LoweringContext) {}

  alone(kernel: LoweredKernel): FusedKernel {
    const fused: FusedKernel = { blocks: [], buffers: new Set() };
    addStage(fused, null, stageOf(kernel), this.footprintOf(kernel));
    return fused;
  }

  /** What a kernel touches when it stands alone. */
  footprintOf(kernel: LoweredKernel): Footprint {
    return this.footprint(stageOf(kernel), kernel.nest);
  }

  findSite(fused: readonly FusedKernel[], kernel: LoweredKernel): Site | null {
    const alone = this.footprintOf(kernel);
    let equal: Site | null = null;
    let beside: Site | null = null;
    for (let place = fused.length - 1; place >= 0; place--) {
      const candidate = fused[place];
      if (!candidate) break;
      const waitsFor = candidate.blocks.filter((block) => dependence(block, alone) !== 'none');
      if (waitsFor.length > 0) {
        const [only] = waitsFor;
        const joined = waitsFor.length === 1 && only ? this.joining(candidate, only, kernel) : null;
        return joined ?? equal ?? beside;
      }
      for (const block of candidate.blocks) {
        if (block.space.kind === 'elementwise' || sharesReads(block, alone)) {
          equal = this.joining(candidate, block, kernel) ?? equal;
        }
      }
      const { cooperative } = this.lowering.target;
      if (this.fits(candidate, alone) && paysBeside(candidate, kernel.nest, cooperative)) {
        beside = { fused: candidate, block: null, stage: stageOf(kernel), footprint: alone };
      }
    }
    return equal ?? beside;
  }

  /** The site of a kernel as a further stage of a block; null when its threads need what others make. */
  private joining(fused: FusedKernel, block: Block, kernel: LoweredKernel): Site | null {
    for (const innerLoop of waysToJoin(block, kernel.nest)) {
      const stage = stageOf(kernel, innerLoop);
      const footprint = this.footprint(stage, block.space);
      if (dependence(block, footprint) === 'across threads') continue;
      if (this.fits(fused, footprint)) return { fused, block, stage, footprint };
    }
    return null;
  }

  private fits({ blocks, buffers }: FusedKernel, footprint: Footprint): boolean {
    const stages = blocks.reduce((sum, block) => sum + block.stages.length, 0);
    let bindings = buffers.size;
    for (const buffer of footprint.buffers) if (!buffers.has(buffer)) bindings++;
    const { maxStorageBuffersPerShaderStage } = this.lowering.target.limits;
    return stages < MOST_STAGES && bindings <= maxStorageBuffersPerShaderStage;
  }

  /** What a stage touches in a block of an iteration space: found by writing it. */
  private footprint(stage: FusedStage, space: IterationSpace): Footprint {
    const known = this.footprints.get(stage.kernel) ?? new Map<string, Footprint>();
    this.footprints.set(stage.kernel, known);
    const by = space.kind === 'reduction' ? space.by : '';
    const key = stage.innerLoop ? `${stage.innerLoop.order} ${by}` : `own ${by}`;
    let footprint = known.get(key);
    if (!footprint) {
      const source = this.lowering.dryRun();
      const writer = this.lowering.writer(source);
      writeBlock(writer, spaceAlone(stage, space), [stage]);
      footprint = { reads: writer.reads, writes: writer.writes, buffers: source.buffers };
      known.set(key, footprint);
    }
    return footprint;
  }
}

/** An iteration space in which the stage can stand alone. */
function spaceAlone({ nest, innerLoop }: FusedStage, space: IterationSpace): IterationSpace {
  return innerLoop || space.kind === 'reduction' ? space : nest;
}

/** How a stage that comes later depends on what a block does: reading after reading is nothing. */
function dependence(block: Block, later: Footprint): Dependence {
  const all = [
    block.writes.dependence(later.reads),
    block.reads.dependence(later.writes),
    block.writes.dependence(later.writes),
  ];
  if (all.includes('across threads')) return 'across threads';
  return all.includes('within threads') ? 'within threads' : 'none';
}

/** Whether they load elements of the same arrays. */
function sharesReads(block: Block, { reads }: Footprint): boolean {
  return block.reads.dependence(reads) !== 'none';
}
