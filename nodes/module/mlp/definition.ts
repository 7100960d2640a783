import { z } from 'zod';
import { list } from '../../../src/core/schemas';
import { defineNode, type InferContext } from '../../../src/graph/nodeDefinition';
import { activate } from '../../shared/activation';
import { applyLinear, linearWeights } from '../../shared/linear';
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
import {
  normalise,
  normalisationStatistics,
  normalisationWeights,
  NORMALISATIONS,
} from '../../shared/normalisation';
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

type Params = z.infer<typeof parameters>;

interface Layer {
  /** Of the names of its weights: the layer's number. */
  readonly prefix: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly hidden: boolean;
  readonly bias: true;
}

function hiddenWidths({ role, widths }: Params): readonly number[] {
  return widths ?? ROLE_DEFAULTS[role].widths;
}

function layers(params: Params, inputWidth: number): Layer[] {
  const hidden = hiddenWidths(params);
  const widths = [inputWidth, ...hidden, moduleOutputWidth(params)];
  return widths.slice(1).map((outputs, index) => ({
    prefix: `${index}.`,
    inputs: widths[index] ?? inputWidth,
    outputs,
    hidden: index < hidden.length,
    bias: true,
  }));
}

function layersOf(context: InferContext<Params>): Layer[] {
  return layers(context.params, moduleInputWidth(context));
}

export const moduleMlp = defineNode({
  kind: 'module.mlp',
  category: 'module',
  title: 'MLP',
  help: 'A multi-layer perceptron over its flattened inputs: each hidden layer is linear, normalised if asked for, then activated; weights start uniform within ±1/√inputs, as in PyTorch.',
  formula: String.raw`h_{l+1} = \phi(\mathrm{norm}(h_l W_l + b_l)), \quad y = h_L W_L + b_L`,
  source:
    'Dawid & LeCun 2023, §3 and §6.1 (encoders, predictors); normalisation and initialisation as PyTorch nn.BatchNorm1d, nn.LayerNorm and nn.Linear',
  params: parameters,
  titleFor: ({ role }) => moduleTitle(role, 'MLP'),
  ports: () => MODULE_PORTS,
  time: 'fold',
  infer: (context) => {
    const largest = Math.max(...layersOf(context).map(({ inputs, outputs }) => inputs * outputs));
    return (
      tooLarge('The largest weight matrix', largest, 'Choose smaller widths, or pool the input.') ??
      inferModule(context)
    );
  },
  weights: (context) =>
    layersOf(context).flatMap((layer) => [
      ...linearWeights(layer),
      ...(layer.hidden
        ? normalisationWeights(context.params.normalisation, layer.prefix, layer.outputs)
        : []),
    ]),
  statistics: (context) =>
    layersOf(context)
      .filter(({ hidden }) => hidden)
      .flatMap(({ prefix, outputs }) =>
        normalisationStatistics(context.params.normalisation, prefix, outputs),
      ),
  lower: (context) => {
    const { builder, params } = context;
    return lowerModule(context, (input) => {
      const output = layers(params, input.shape[1] ?? 1).reduce((value, layer) => {
        const linear = applyLinear(context, layer, value);
        if (!layer.hidden) return linear;
        const normal = normalise(context, params.normalisation, layer.prefix, linear);
        return activate(builder, params.activation, normal);
      }, input);
      return activate(builder, params.outputActivation, output);
    });
  },
});
