import type { LoweredKernel } from '../lowering/loweredKernel';
import { Accesses } from '../memory/accesses';
import type { KernelWriter } from '../wgsl/kernelWriter';
import type { InnerLoop, IterationSpace } from '../wgsl/loopNest';
import { writeBlock, type Stage } from '../wgsl/writeBlock';

/** A lowered kernel in a block. */
export interface FusedStage extends Stage {
  readonly kernel: LoweredKernel;
}

/** What memory code touches, and in which buffers that lies. */
export interface Footprint {
  readonly reads: Accesses;
  readonly writes: Accesses;
  readonly buffers: ReadonlySet<number>;
}

/** Stages that the same threads work on, one after the other. */
export interface Block {
  readonly space: IterationSpace;
  readonly stages: FusedStage[];
  readonly reads: Accesses;
  readonly writes: Accesses;
}

/** Blocks side by side, each with threads of its own. */
export interface FusedKernel {
  readonly blocks: Block[];
  /** Numbers of the buffers it binds. */
  readonly buffers: Set<number>;
}

export function stageOf(kernel: LoweredKernel, innerLoop: InnerLoop | null = null): FusedStage {
  return { kernel, nest: kernel.nest, innerLoop };
}

/** Adds a stage to a block, or, without one, a block to the kernel. */
export function addStage(
  { blocks, buffers }: FusedKernel,
  block: Block | null,
  stage: FusedStage,
  footprint: Footprint,
): void {
  for (const buffer of footprint.buffers) buffers.add(buffer);
  const home = block ?? emptyBlock(stage.nest);
  if (!block) blocks.push(home);
  home.stages.push(stage);
  home.reads.addAll(footprint.reads);
  home.writes.addAll(footprint.writes);
}

function emptyBlock(space: IterationSpace): Block {
  return { space, stages: [], reads: new Accesses(), writes: new Accesses() };
}

/** Writes a kernel's blocks; each writer knows afterwards what its block covers and touches. */
export function writeFusedKernel(
  { blocks }: FusedKernel,
  newWriter: () => KernelWriter,
): KernelWriter[] {
  return blocks.map(({ space, stages }) => {
    const writer = newWriter();
    writeBlock(writer, space, stages);
    return writer;
  });
}
