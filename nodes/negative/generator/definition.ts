import { z } from 'zod';
import { inferred } from '../../../src/graph/nodeDefinition';
import { defineContrastive } from '../../shared/contrast/define';
import { NEGATIVE_OUTPUT, SAMPLER_PORTS } from '../../shared/contrast/ports';
import { tensorInput } from '../../shared/ports';
import { shapeMismatch } from '../../shared/shapeProblems';

export const negativeGenerator = defineContrastive({
  kind: 'negative.generator',
  category: 'negative',
  title: 'Generator',
  synonyms: ['GAN', 'EBGAN', 'adversarial', 'fake samples'],
  icon: 'wand-sparkles',
  help: 'Contrastive points that a generator makes; the adversarial functional trains it to make points of low energy.',
  formula: String.raw`\hat{y} = G(z), \quad z \sim \mathcal{N}(0, I)`,
  source: 'Dawid & LeCun 2023, §4.1.1; Zhao, Mathieu & LeCun 2017 (EBGAN)',
  params: z.object({}),
  ports: () => ({
    inputs: [
      ...SAMPLER_PORTS.inputs,
      tensorInput('sample', 'What the generator makes, of the shape of y.'),
    ],
    outputs: [NEGATIVE_OUTPUT],
  }),
  infer: ({ inputs }) =>
    shapeMismatch(['The sample', inputs.one('sample')], ['y', inputs.one('y')], 'sample') ??
    inferred({}),
  sampler: {
    needs: 'nothing',
    made: 'generated',
    generates: true,
    draw: ({ sample, observed }) => ({ points: sample ?? observed }),
  },
});
