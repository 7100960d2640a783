import { z } from 'zod';
import type { SamplingContext } from '../../../src/graph/contrast';
import type { InitialNumbers, StatisticSpec } from '../../../src/graph/nodeDefinition';
import type { Shape, Value } from '../../../src/ir/types';

/** Name of the statistic that keeps chains. */
export const CHAINS = 'chains';

export const BUFFER_PARAMETER = z
  .number()
  .int()
  .min(0)
  .max(1_000_000)
  .default(8192)
  .meta({
    label: 'Buffer',
    description:
      'Number of chains that are kept and go on, a batch of them in each step. 0 starts anew each time.',
    range: [0, 16_384],
    control: 'slider',
  });

export const RESTART_PARAMETER = z
  .number()
  .min(0)
  .max(1)
  .default(0.05)
  .meta({
    label: 'Restarts',
    description: 'Part of the chains that start anew when they are taken up.',
    live: true,
    range: [0, 1],
    control: 'slider',
  });

/** Chains `[blocks·B, …]`, at least a batch of them, in blocks of a batch; none for a size of 0. */
export function chainStatistics(
  size: number,
  batch: number,
  shape: Shape,
  initial: number | InitialNumbers,
): StatisticSpec[] {
  if (size === 0) return [];
  return [{ name: CHAINS, shape: [blocksOf(size, batch) * batch, ...shape], initial }];
}

function blocksOf(size: number, batch: number): number {
  return Math.max(1, Math.floor(size / batch));
}

/**
 * Chains that go on over the steps. Blocks of a batch take turns, so no chain comes twice in a batch, and keeping
 * what became of them needs no scattering.
 */
export class Chains {
  private readonly all: Value;
  /** Number of this step's block, an f32 scalar. */
  private readonly block: Value;

  constructor(
    private readonly context: SamplingContext<unknown>,
    private readonly shape: Shape,
  ) {
    const { builder, step } = context;
    const [batch = 1, ...rest] = shape;
    const stored = context.statistic(CHAINS);
    const blocks = (stored.shape[0] ?? batch) / batch;
    this.all = builder.reshape(stored, [blocks, batch, ...rest]);
    const turn = builder.cast(step, 'f32');
    const rounds = builder.unary('floor', builder.mul(builder.add(turn, 0.5), 1 / blocks));
    this.block = builder.sub(turn, builder.mul(rounds, blocks));
  }

  /** Where this step's chains are, some of them at `fresh` points instead. */
  take(fresh: Value, restart: Value): Value {
    const { builder, uniform } = this.context;
    const [batch = 1, ...rest] = this.shape;
    const index = builder.reshape(builder.cast(this.block, 'i32'), [1]);
    const kept = builder.reshape(builder.gather(this.all, index), [batch, ...rest]);
    const starts = builder.compare('lt', uniform('restart', [batch]), restart);
    return builder.select(builder.broadcast(starts, this.shape, [0]), fresh, kept);
  }

  /** Keeps where this step's chains have got to. */
  keep(points: Value): void {
    const { builder, updateStatistic } = this.context;
    const { shape } = this.all;
    const [blocks = 1] = shape;
    const numbers = builder.cast(builder.iota([blocks], 0), 'f32');
    const mine = builder.broadcast(builder.compare('eq', numbers, this.block), shape, [0]);
    const moved = builder.broadcast(
      points,
      shape,
      points.shape.map((_, axis) => axis + 1),
    );
    updateStatistic(CHAINS, (current) => {
      const before = builder.reshape(current, shape);
      return builder.reshape(builder.select(mine, moved, before), current.shape);
    });
  }
}
