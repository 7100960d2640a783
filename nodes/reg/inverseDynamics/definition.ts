import { z } from 'zod';
import { list } from '../../../src/core/schemas';
import { defined } from '../../../src/core/invariant';
import {
  defineNode,
  inferred,
  problem,
  type InferContext,
} from '../../../src/graph/nodeDefinition';
import { sampleSize } from '../../../src/graph/ports';
import { applyMlp, largestMatrix, mlpWeights, type Mlp } from '../../shared/mlp';
import { activationParameter, widthSchema } from '../../shared/modules';
import { weightParameter } from '../../shared/parameters';
import { lossOutput, tensorInput, WEIGHTS_INPUT, WEIGHTS_OUTPUT } from '../../shared/ports';
import { sumPerRow } from '../../shared/rows';
import { tooLarge } from '../../shared/shapeProblems';
import { stepRows, stepsProblem } from '../../shared/steps';

const parameters = z.object({
  weight: weightParameter(),
  widths: list(widthSchema, { max: 16 }).default([64]).meta({
    label: 'Hidden widths',
    description: 'Widths of the hidden layers of the network that guesses the action.',
    control: 'widths',
  }),
  activation: activationParameter('relu', {
    label: 'Activation',
    description: 'After each hidden layer.',
  }),
});

function network({ params, inputs }: InferContext<z.infer<typeof parameters>>): Mlp {
  return {
    inputs: 2 * sampleSize({ ...inputs.one('states'), time: null }),
    widths: params.widths,
    outputs: sampleSize({ ...inputs.one('actions'), time: null }),
    activation: params.activation,
    normalisation: 'none',
  };
}

export const regInverseDynamics = defineNode({
  kind: 'reg.inverseDynamics',
  category: 'reg',
  title: 'Inverse dynamics',
  synonyms: ['IDM', 'action', 'curiosity', 'world model', 'anti-collapse'],
  icon: 'undo-dot',
  help: 'A network of its own guesses the action from the state before and the state after it, so states have to keep what actions change: the squared error, summed over the numbers of an action. Where there are as many actions as states, the last one leads out of the sequence and is left out.',
  formula: String.raw`\operatorname*{mean}_{t, n}\, \big\| \mathrm{MLP}([z_t, z_{t+1}]) - a_t \big\|^2`,
  source:
    'Pathak, Agrawal, Efros, Darrell 2017, Curiosity-driven Exploration by Self-supervised Prediction, §2.2; in a JEPA: Sobal et al. 2025, Learning from Reward-Free Offline Data, and facebookresearch/eb_jepa, which has the mean over the numbers of an action',
  params: parameters,
  ports: () => ({
    inputs: [
      tensorInput('states', 'A sequence of states.'),
      tensorInput('actions', 'What was done at each state; one fewer may be given.'),
      WEIGHTS_INPUT,
    ],
    outputs: [lossOutput('The regularizer, over batch and steps.'), WEIGHTS_OUTPUT],
  }),
  time: 'aware',
  infer: (context) => {
    const [states, actions] = [context.inputs.one('states'), context.inputs.one('actions')];
    const wrong = stepsProblem('states', states);
    if (wrong) return wrong;
    const steps = defined(states.time, 'the time axis');
    if (actions.time !== steps && actions.time !== steps - 1) {
      return problem(
        'shape.mismatch',
        `There are ${steps} states and ${actions.time ?? 'no'} steps of actions: expected ${steps - 1}, or ${steps} with one that leads out.`,
        { portId: 'actions', hint: 'Cut both to the same steps with a Slice.' },
      );
    }
    return (
      tooLarge(
        'The largest weight matrix',
        largestMatrix(network(context)),
        'Choose smaller widths, or pool the states.',
      ) ?? inferred({})
    );
  },
  weights: (context) => mlpWeights(network(context)),
  lower: (context) => {
    const { builder, params, inputs, inputTypes } = context;
    const states = inputs.one('states');
    const moves = defined(states.shape[1], 'the time axis') - 1;
    const [before, after] = [
      stepRows(builder, states, 0, moves),
      stepRows(builder, states, 1, moves + 1),
    ];
    const guess = applyMlp(
      context,
      network({ params, inputs: inputTypes }),
      builder.concat([before, after], 1),
    );
    const done = stepRows(builder, inputs.one('actions'), 0, moves);
    return { loss: builder.mean(sumPerRow(builder, builder.square(builder.sub(guess, done)))) };
  },
});
