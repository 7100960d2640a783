import { z } from 'zod';
import { defineNode, type InferContext } from '../../../src/graph/nodeDefinition';
import { l2Normalize } from '../../../src/ir/compose';
import {
  inferModule,
  lowerModule,
  moduleInputWidth,
  moduleOutputWidth,
  modulePorts,
  moduleTitle,
  outputParameters,
  roleParameter,
} from '../../shared/modules';
import { tooLarge } from '../../shared/shapeProblems';

const parameters = z.object({
  role: roleParameter('none'),
  ...outputParameters,
  deviation: z
    .number()
    .min(0)
    .max(100)
    .default(0.1)
    .meta({
      label: 'Initial deviation',
      description: 'Rows start as draws from N(0, σ²).',
      range: [0.01, 1],
      scale: 'log',
      control: 'slider',
    }),
  normalise: z.boolean().default(false).meta({
    label: 'Rows of length ≤ 1',
    description:
      'Divide rows that are longer than 1 by their length, so that a small code cannot be made up for by long rows: the dictionary of sparse coding.',
    control: 'switch',
  }),
});

type Context = InferContext<z.infer<typeof parameters>>;

function size(context: Context): readonly [number, number] {
  return [moduleInputWidth(context), moduleOutputWidth(context.params)];
}

export const moduleTable = defineNode({
  kind: 'module.table',
  category: 'module',
  title: 'Table',
  synonyms: [
    'dictionary',
    'codebook',
    'embedding',
    'lookup',
    'atoms',
    'centroids',
    'prototypes',
    'K-means',
    'sparse coding',
  ],
  icon: 'table-2',
  help: 'A trained row for each number of its input, weighted by it and added up: of a one-hot code that is one row (centres, embeddings), of a sparse one a few atoms of a dictionary. There is no bias.',
  formula: String.raw`y = \sum_k z_k\,w_k, \quad \text{optionally } w_k \to \frac{w_k}{\max(1, \|w_k\|)}`,
  source:
    'Dawid & LeCun 2023, §4.2.1 (K-means, sparse coding: columns of W normalised); Olshausen & Field 1996; lookup as PyTorch nn.Embedding',
  params: parameters,
  titleFor: ({ role }) => moduleTitle(role, 'Table'),
  ports: () =>
    modulePorts('A code with a number for each row; several are flattened and put side by side.'),
  time: 'fold',
  infer: (context) => {
    const [rows, width] = size(context);
    return tooLarge('The table', rows * width, 'Choose a smaller width.') ?? inferModule(context);
  },
  weights: (context) => [
    {
      name: 'weight',
      shape: size(context),
      initial: { kind: 'normal', deviation: context.params.deviation },
      unitAxis: 0,
    },
  ],
  atoms: 'weight',
  lower: (context) => {
    const { builder, params } = context;
    const rows = context.weight('weight');
    return lowerModule(context, (code) =>
      builder.dot(code, params.normalise ? l2Normalize(builder, rows, 1, 1) : rows),
    );
  },
});
