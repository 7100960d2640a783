import { defined } from '../core/invariant';
import { RING_CAPACITY } from '../ir/metricsRing';
import type { Program } from '../ir/types';
import { emitKernel } from './emitKernel';
import { fuseSections, sectionAccesses } from './fusion/fuseSections';
import { storagesInRegisters } from './fusion/storagesInRegisters';
import { KernelLowering } from './lowering/kernelLowering';
import { lowerProgram } from './lowering/lowerProgram';
import { chooseMaterialised } from './materialisation/chooseMaterialised';
import { indexProgram } from './materialisation/programIndex';
import { assignBuffers } from './memory/assignBuffers';
import { livenessIntervals } from './memory/liveness';
import { Places } from './memory/places';
import { DEFAULT_LIMITS, type Plan, type PlanLimits } from './plan';
import { TILE_TIMES, type TileTime } from './wgsl/kernels/tileTimes';

export interface PlanOptions {
  readonly limits?: PlanLimits;
  /** Rows of the metrics ring; `RING_CAPACITY` when not given. */
  readonly ringCapacity?: number;
  /**
   * Whether threads of a workgroup share memory and wait for each other: yes on a GPU. Software adapters run
   * them one after the other, so barriers cost more than they save; there each thread works alone.
   */
  readonly cooperative?: boolean;
  /**
   * Where threads work alone: whether four neighbours, from a multiple of four on, are a quad of a subgroup, and can
   * hand each other numbers. They then share the rows of a product, which saves most of its loads.
   */
  readonly subgroups?: boolean;
  /** The tiles of products to choose from there, with their times. */
  readonly tileTimes?: readonly TileTime[];
  /** False gives every op a kernel of its own: slow, and obviously right. For tests. */
  readonly fused?: boolean;
}

/**
 * Turns a program into kernels and the buffers they run on: program → index → materialisation → kernel lowering →
 * fusion → buffer assignment → WGSL (see README.md). Pure: the same program and limits always give the same plan.
 * Whether it fits the adapter is for `checkPlanLimits` to say.
 */
export function planProgram(program: Program, options: PlanOptions = {}): Plan {
  const { limits = DEFAULT_LIMITS, ringCapacity = RING_CAPACITY, fused = true } = options;
  const index = indexProgram(program);
  const materialised = chooseMaterialised(program, index, fused);

  const places = new Places();
  const lowering = new KernelLowering(places, index, {
    limits,
    cooperative: options.cooperative ?? true,
    tiling: { lanes: options.subgroups ? 4 : 1, times: options.tileTimes ?? TILE_TIMES },
  });
  const lowered = lowerProgram(program, materialised, lowering, ringCapacity);

  const sections = fuseSections(lowered.sections, lowering, fused);
  const inRegisters = storagesInRegisters(sections, lowering);

  const accesses = sectionAccesses(sections, inRegisters);
  const intervals = livenessIntervals(accesses);
  const inMemory = places.storages.filter(
    (storage) => storage.role !== 'temporary' || intervals.has(storage),
  );
  const assignment = assignBuffers(inMemory, intervals, lowering.arenaOf);

  const { inputs, outputs, ring } = lowered;
  return {
    sections: sections.map(({ count, kernels }) => ({
      count,
      kernels: kernels.map((kernel) => emitKernel(kernel, lowering, assignment, inRegisters)),
    })),
    ...assignment,
    step: inputs.step,
    data: inputs.data,
    live: inputs.live,
    state: new Map(
      program.state.map(({ name, shape, dtype }) => [
        name,
        { ref: defined(inputs.state.get(name), `state ${name}`), shape, dtype },
      ]),
    ),
    outputs,
    metricNames: [...program.metrics.keys()],
    ring,
    ringCapacity,
  };
}
