import { z } from 'zod';
import { list } from '../../../src/core/schemas';
import { defineNode, type InferContext } from '../../../src/graph/nodeDefinition';
import { activate } from '../../shared/activation';
import { applyMlp, largestMatrix, mlpStatistics, mlpWeights, type Mlp } from '../../shared/mlp';
import {
  activationParameter,
  inferModule,
  lowerModule,
  MODULE_PORTS,
  moduleInputWidth,
  moduleOutputWidth,
  moduleTitle,
  outputParameters,
  ROLE_DEFAULTS,
  roleParameter,
  widthSchema,
} from '../../shared/modules';
import { NORMALISATIONS } from '../../shared/normalisation';
import { choiceParameter } from '../../shared/parameters';
import { tooLarge } from '../../shared/shapeProblems';

const parameters = z.object({
  role: roleParameter('encoder'),
  widths: list(widthSchema, { max: 16 }).nullable().default(null).meta({
    label: 'Hidden widths',
    description: 'Widths of the hidden layers. Empty takes the role’s.',
    control: 'widths',
  }),
  ...outputParameters,
  activation: activationParameter('relu', {
    label: 'Activation',
    description: 'After each hidden layer.',
  }),
  normalisation: choiceParameter(NORMALISATIONS, 'none', {
    label: 'Normalisation',
    description: 'Between each hidden layer and its activation: over the batch or the features.',
  }),
  outputActivation: activationParameter('none', {
    label: 'Output activation',
    description: 'After the last layer; a sigmoid keeps pixels within 0 and 1.',
  }),
});

function network(context: InferContext<z.infer<typeof parameters>>): Mlp {
  const { role, widths, activation, normalisation } = context.params;
  return {
    inputs: moduleInputWidth(context),
    widths: widths ?? ROLE_DEFAULTS[role].widths,
    outputs: moduleOutputWidth(context.params),
    activation,
    normalisation,
  };
}

export const moduleMlp = defineNode({
  kind: 'module.mlp',
  category: 'module',
  title: 'MLP',
  synonyms: [
    'multi-layer perceptron',
    'network',
    'fully connected',
    'feed-forward',
    'dense',
    'projector',
    'projection head',
    'encoder',
    'predictor',
    'decoder',
    'expander',
  ],
  help: 'A multi-layer perceptron over its flattened inputs: each hidden layer is linear, normalised if asked for, then activated; weights start uniform within ±1/√inputs, as in PyTorch.',
  formula: String.raw`h_{l+1} = \phi(\mathrm{norm}(h_l W_l + b_l)), \quad y = h_L W_L + b_L`,
  source:
    'Dawid & LeCun 2023, §3 and §6.1 (encoders, predictors); normalisation and initialisation as PyTorch nn.BatchNorm1d, nn.LayerNorm and nn.Linear',
  params: parameters,
  titleFor: ({ role }) => moduleTitle(role, 'MLP'),
  ports: () => MODULE_PORTS,
  time: 'fold',
  infer: (context) =>
    tooLarge(
      'The largest weight matrix',
      largestMatrix(network(context)),
      'Choose smaller widths, or pool the input.',
    ) ?? inferModule(context),
  weights: (context) => mlpWeights(network(context)),
  statistics: (context) => mlpStatistics(network(context)),
  traits: ({ normalisation, widths }) =>
    normalisation === 'batch' && widths?.length !== 0 ? { compares: 'rows' } : {},
  lower: (context) =>
    lowerModule(context, (input) => {
      const mlp = network({ params: context.params, inputs: context.inputTypes });
      return activate(
        context.builder,
        context.params.outputActivation,
        applyMlp(context, mlp, input),
      );
    }),
});
