import { z } from 'zod';
import { defineNode, inferred, type InferContext } from '../../../src/graph/nodeDefinition';
import { sampleSize } from '../../../src/graph/ports';
import { weightParameter } from '../../shared/parameters';
import { energyOutput, tensorInput, WEIGHTS_INPUT, WEIGHTS_OUTPUT } from '../../shared/ports';
import { flattenRows, sumPerRow } from '../../shared/rows';
import { tooLarge } from '../../shared/shapeProblems';

const parameters = z.object({ weight: weightParameter() });

/** Numbers of a and of b. */
function widths({ inputs }: InferContext<z.infer<typeof parameters>>): readonly [number, number] {
  return [sampleSize(inputs.one('a')), sampleSize(inputs.one('b'))];
}

export const energyBilinear = defineNode({
  kind: 'energy.bilinear',
  category: 'energy',
  title: 'Bilinear energy',
  synonyms: ['CPC', 'dot product', 'score', 'compatibility'],
  icon: 'grid-2x2',
  help: 'Scores how two tensors go together by a trained matrix; they are flattened and may differ in width. It has no lower bound, so it is trained against contrastive points, and not by its own mean.',
  formula: String.raw`E(a, b) = -a^\top W b`,
  source: 'van den Oord et al. 2018 (CPC), Eq. 3; initialisation as PyTorch nn.Bilinear',
  params: parameters,
  ports: () => ({
    inputs: [tensorInput('a', 'One side.'), tensorInput('b', 'The other side.'), WEIGHTS_INPUT],
    outputs: [energyOutput('Low where the two go together.'), WEIGHTS_OUTPUT],
  }),
  time: 'fold',
  infer: (context) => {
    const [rows, columns] = widths(context);
    const hint = 'Compare narrower representations, or pool them.';
    return tooLarge('The weight matrix', rows * columns, hint) ?? inferred({});
  },
  weights: (context) => {
    const shape = widths(context);
    return [
      { name: 'weight', shape, initial: { kind: 'uniform', bound: 1 / Math.sqrt(shape[0]) } },
    ];
  },
  lower: ({ builder, inputs, weight }) => {
    const mapped = builder.dot(flattenRows(builder, inputs.one('a')), weight('weight'));
    const products = builder.mul(mapped, flattenRows(builder, inputs.one('b')));
    return { energy: builder.neg(sumPerRow(builder, products)) };
  },
});
