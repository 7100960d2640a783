import { z } from 'zod';
import { defineNode, inferred, type InferResult } from '../../../src/graph/nodeDefinition';
import { sampleSize, type TensorType } from '../../../src/graph/ports';
import { weightParameter } from '../../shared/parameters';
import { energyOutput, tensorInput, WEIGHTS_INPUT, WEIGHTS_OUTPUT } from '../../shared/ports';
import { flattenRows, rowCount } from '../../shared/rows';
import { unusable } from '../../shared/shapeProblems';

/** Where a trained half-axis begins. */
function radiusParameter(label: string, coordinate: string) {
  return z
    .number()
    .min(-100)
    .max(100)
    .default(1)
    .meta({
      label,
      description: `Where the half-axis along the ${coordinate} coordinate begins; it is trained.`,
      range: [0.1, 3],
    });
}

function sizeProblem(port: string, type: TensorType, size: number): InferResult | null {
  const expected = size === 1 ? 'one number' : `${size} numbers`;
  return sampleSize(type) === size ? null : unusable(port, type, expected);
}

export const energyEllipse = defineNode({
  kind: 'energy.ellipse',
  category: 'energy',
  title: 'Ellipse',
  synonyms: ['toy', 'half-axes', 'latent angle'],
  icon: 'orbit',
  help: 'The squared distance of a point from the place on an ellipse that an angle names; both half-axes are trained.',
  formula: String.raw`E(y, z) = (y_1 - r_1 \sin z)^2 + (y_2 - r_2 \cos z)^2`,
  source: 'Dawid & LeCun 2023, §3.2 and Fig. 4b',
  params: z.object({
    weight: weightParameter(),
    radius1: radiusParameter('First r₁', 'first'),
    radius2: radiusParameter('First r₂', 'second'),
  }),
  ports: () => ({
    inputs: [
      tensorInput('y', 'A point in the plane.'),
      tensorInput('z', 'The angle, in radians.'),
      WEIGHTS_INPUT,
    ],
    outputs: [energyOutput('Low on the ellipse, at the angle.'), WEIGHTS_OUTPUT],
  }),
  time: 'fold',
  infer: ({ inputs }) =>
    sizeProblem('y', inputs.one('y'), 2) ?? sizeProblem('z', inputs.one('z'), 1) ?? inferred({}),
  weights: ({ params: { radius1, radius2 } }) => [
    { name: 'radius1', shape: [], initial: { kind: 'constant', value: radius1 } },
    { name: 'radius2', shape: [], initial: { kind: 'constant', value: radius2 } },
  ],
  lower: ({ builder, inputs, weight }) => {
    const y = flattenRows(builder, inputs.one('y'));
    const angle = builder.reshape(inputs.one('z'), [rowCount(y)]);
    const coordinate = (index: 0 | 1) =>
      builder.reshape(builder.sliceAxis(y, 1, index, index + 1), [rowCount(y)]);
    const across = builder.mul(weight('radius1'), builder.unary('sin', angle));
    const along = builder.mul(weight('radius2'), builder.unary('cos', angle));
    return {
      energy: builder.add(
        builder.square(builder.sub(coordinate(0), across)),
        builder.square(builder.sub(coordinate(1), along)),
      ),
    };
  },
});
