import { z } from 'zod';
import { list } from '../../../src/core/schemas';
import { defineNode, inferred, type InferContext } from '../../../src/graph/nodeDefinition';
import { applyMlp, largestMatrix, mlpWeights, type Mlp } from '../../shared/mlp';
import { activationParameter, widthSchema } from '../../shared/modules';
import { weightParameter } from '../../shared/parameters';
import { energyOutput, tensorInput, WEIGHTS_INPUT, WEIGHTS_OUTPUT } from '../../shared/ports';
import { concatRows, concatSize, rowCount } from '../../shared/rows';
import { tooLarge } from '../../shared/shapeProblems';

const parameters = z.object({
  weight: weightParameter(),
  widths: list(widthSchema, { max: 16 }).default([64, 64]).meta({
    label: 'Hidden widths',
    description: 'Widths of the hidden layers.',
    control: 'widths',
  }),
  activation: activationParameter('silu', {
    label: 'Activation',
    description:
      'After each hidden layer. A smooth one gives the energy a gradient that changes from point to point.',
  }),
});

function network({ params, inputs }: InferContext<z.infer<typeof parameters>>): Mlp {
  const { widths, activation } = params;
  return {
    inputs: concatSize(inputs.all('in')),
    widths,
    outputs: 1,
    activation,
    // Statistics of the batch would tie the energies of its samples together.
    normalisation: 'none',
  };
}

export const energyScalar = defineNode({
  kind: 'energy.scalar',
  category: 'energy',
  title: 'Energy network',
  synonyms: ['free-form energy', 'critic', 'discriminator', 'mean'],
  icon: 'mountain',
  help: 'A free-form energy: a multi-layer perceptron over its flattened inputs that gives one number a sample. It has no lower bound, so it is trained against contrastive points or by its gradient, and not by its own mean.',
  formula: String.raw`E(a, b, \dots) = \mathrm{MLP}([a, b, \dots]) \in \mathbb{R}`,
  source: 'Dawid & LeCun 2023, §3 and §4.1.2; initialisation as PyTorch nn.Linear',
  params: parameters,
  ports: () => ({
    inputs: [
      tensorInput('in', 'One or more tensors: they are flattened and put side by side.', {
        variadic: true,
      }),
      WEIGHTS_INPUT,
    ],
    outputs: [energyOutput('What the network says of each sample.'), WEIGHTS_OUTPUT],
  }),
  time: 'fold',
  infer: (context) =>
    tooLarge(
      'The largest weight matrix',
      largestMatrix(network(context)),
      'Choose smaller widths, or pool the input.',
    ) ?? inferred({}),
  weights: (context) => mlpWeights(network(context)),
  traits: () => ({ sinks: true }),
  lower: (context) => {
    const { builder, params, inputs, inputTypes } = context;
    const mlp = network({ params, inputs: inputTypes });
    const output = applyMlp(context, mlp, concatRows(builder, inputs.all('in')));
    return { energy: builder.reshape(output, [rowCount(output)]) };
  },
});
