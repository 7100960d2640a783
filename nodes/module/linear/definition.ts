import { z } from 'zod';
import { defineNode, type InferContext } from '../../../src/graph/nodeDefinition';
import { applyLinear, linearWeights, type LinearSpec } from '../../shared/linear';
import {
  inferModule,
  lowerModule,
  MODULE_PORTS,
  moduleInputWidth,
  moduleOutputWidth,
  moduleTitle,
  outputParameters,
  roleParameter,
} from '../../shared/modules';
import { tooLarge } from '../../shared/shapeProblems';

const parameters = z.object({
  role: roleParameter('none'),
  ...outputParameters,
  bias: z.boolean().default(true).meta({
    label: 'Bias',
    description: 'Add a trained constant to each output.',
    control: 'switch',
  }),
});

type Context = InferContext<z.infer<typeof parameters>>;

function layer(context: Context): LinearSpec {
  return {
    prefix: '',
    inputs: moduleInputWidth(context),
    outputs: moduleOutputWidth(context.params),
    bias: context.params.bias,
  };
}

export const moduleLinear = defineNode({
  kind: 'module.linear',
  category: 'module',
  title: 'Linear',
  synonyms: [
    'affine',
    'fully connected',
    'dense',
    'projection',
    'matrix',
    'PCA',
    'principal components',
  ],
  icon: 'spline',
  help: 'One trained linear map of its flattened inputs; weights and bias start uniform within ±1/√inputs, as in PyTorch.',
  formula: String.raw`y = xW + b`,
  source: 'PyTorch nn.Linear (initialisation: U(−1/√n, 1/√n) for weight and bias)',
  params: parameters,
  titleFor: ({ role }) => moduleTitle(role, 'Linear'),
  ports: () => MODULE_PORTS,
  time: 'fold',
  infer: (context) => {
    const { inputs, outputs } = layer(context);
    return (
      tooLarge(
        'The weight matrix',
        inputs * outputs,
        'Choose a smaller width, or pool the input.',
      ) ?? inferModule(context)
    );
  },
  weights: (context) => linearWeights(layer(context)),
  atoms: 'weight',
  lower: (context) =>
    lowerModule(context, (input) =>
      applyLinear(context, { prefix: '', bias: context.params.bias }, input),
    ),
});
