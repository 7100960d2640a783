import { z } from 'zod';
import {
  inferred,
  problem,
  type InferContext,
  type InferResult,
  type LowerContext,
} from '../../src/graph/nodeDefinition';
import type { Ports, TensorType } from '../../src/graph/ports';
import { elementCount, formatShape, type Value } from '../../src/ir/types';
import { choiceParameter, weightParameter } from './parameters';
import { energyOutput, tensorInput } from './ports';
import { sumPerRow } from './rows';
import { shapeMismatch } from './shapeProblems';

/** Under the masked mean: a sample without masked entries has energy 0. */
const SMALLEST_COUNT = 1e-8;

/** Parameters of a distance that adds up over the numbers of a sample. */
export const distanceParameters = z.object({
  weight: weightParameter(),
  reduce: choiceParameter(['mean', 'sum'], 'mean', {
    label: 'Over numbers',
    description: 'The mean does not grow with the size; the sum is the distance of the notes.',
  }),
});

/** Two sides of one shape, and a mask; `help` says what the energy is low for. */
export function distancePorts(help: string): Ports {
  return {
    inputs: [
      tensorInput('a', 'One side.'),
      tensorInput('b', 'The other side, of the same shape.'),
      tensorInput('mask', '1 where the numbers count, 0 elsewhere.', { optional: true }),
    ],
    outputs: [energyOutput(help)],
  };
}

/** Both sides must have one shape, and the mask must fit them. */
export function inferDistance<P>({ inputs }: InferContext<P>): InferResult {
  const a = inputs.one('a');
  return (
    shapeMismatch(['a', a], ['b', inputs.one('b')], 'b') ??
    maskMismatch(inputs.maybe('mask'), a) ??
    inferred({})
  );
}

function maskMismatch(mask: TensorType | null, { shape }: TensorType): InferResult | null {
  const fits =
    mask === null ||
    (mask.shape.length === shape.length &&
      mask.shape.every((extent, axis) => extent === 1 || extent === shape[axis]));
  return fits
    ? null
    : problem(
        'shape.mismatch',
        `the mask is ${formatShape(mask.shape)} and a is ${formatShape(shape)}: the mask must have a’s shape, or 1 along an axis.`,
        { portId: 'mask' },
      );
}

/**
 * `distances`, of each number `[rows, …]`, as a mean or a sum over the numbers of a sample; with a mask m the mean is
 * Σ m·distance / max(Σ m, 1e-8). Source: docs/mathematics.md §1.
 */
export function reduceDistances<P extends z.infer<typeof distanceParameters>>(
  { builder, inputs, params }: LowerContext<P>,
  distances: Value,
): { energy: Value } {
  const mask = inputs.maybe('mask');
  if (!mask) {
    const total = sumPerRow(builder, distances);
    const size = elementCount(distances.shape.slice(1));
    return { energy: params.reduce === 'sum' ? total : builder.mul(total, 1 / size) };
  }
  const counted = builder.broadcastTo(mask, distances.shape);
  const total = sumPerRow(builder, builder.mul(distances, counted));
  if (params.reduce === 'sum') return { energy: total };
  const count = builder.max(sumPerRow(builder, counted), SMALLEST_COUNT);
  return { energy: builder.div(total, count) };
}

/** a − b of a distance's inputs: `[rows, …]`. */
export function difference<P>({ builder, inputs }: LowerContext<P>): Value {
  return builder.sub(inputs.one('a'), inputs.one('b'));
}
