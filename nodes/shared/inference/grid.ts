import { z } from 'zod';
import type { CodeSource } from '../../../src/graph/inferenceStrategy';

/** Above this number of dimensions a grid would be too large, and draws from the prior stand in. */
export const GRID_DIMENSIONS = 2;

/** Values of a continuous variable are usual within ± this. */
const USUAL_EXTENT = 3;

/** That of the grid, for strategies that have one. */
export function usualExtent(params: Readonly<Record<string, unknown>>): number {
  return Number(params['extent'] ?? USUAL_EXTENT);
}

/** Parameters of strategies that look at all of a continuous variable. */
export const GRID_PARAMETERS = {
  grid: z
    .number()
    .int()
    .min(2)
    .max(1024)
    .default(33)
    .meta({
      label: 'Grid points',
      description: 'Points along each axis, for one or two dimensions.',
      range: [8, 128],
      control: 'slider',
    }),
  extent: z
    .number()
    .min(1e-3)
    .max(1e4)
    .default(USUAL_EXTENT)
    .meta({
      label: 'Extent',
      description: 'The grid goes from minus this to this along each axis.',
      range: [1, 10],
      control: 'slider',
    }),
  samples: z
    .number()
    .int()
    .min(2)
    .max(4096)
    .default(64)
    .meta({
      label: 'Samples',
      description: 'Draws from N(0, I) in each step where there are more than two dimensions.',
      range: [8, 256],
      control: 'slider',
    }),
};

/**
 * The midpoint rule on [−r, r]^d, d ≤ 2, n points an axis, cells of size (2r/n)^d; or K draws from N(0, I), each counting 1/K,
 * the same for all samples of a step.
 */
export function gridOrSamples(size: number, params: Readonly<Record<string, unknown>>): CodeSource {
  const points = Number(params['grid']);
  const extent = Number(params['extent']);
  const samples = Number(params['samples']);
  if (size > GRID_DIMENSIONS) {
    return {
      count: samples,
      make: ({ normal, shape }) => ({
        points: normal([samples, ...shape]),
        logMeasure: -Math.log(samples),
      }),
    };
  }
  const cell = (2 * extent) / points;
  const count = points ** size;
  return {
    count,
    make: ({ builder, shape }) => {
      const axis = builder.add(
        builder.mul(builder.add(builder.cast(builder.iota([points], 0), 'f32'), 0.5), cell),
        -extent,
      );
      const columns = Array.from({ length: size }, (_, dimension) => {
        const extents = Array.from({ length: size }, () => points);
        return builder.reshape(builder.broadcast(axis, extents, [dimension]), [count, 1]);
      });
      return {
        points: builder.reshape(builder.concat(columns, 1), [count, ...shape]),
        logMeasure: size * Math.log(cell),
      };
    },
  };
}
