import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import {
  defineNode,
  inferred,
  problem,
  type InferContext,
  type InferResult,
} from '../../../src/graph/nodeDefinition';
import { formatTensorType, sampleSize, tensorType } from '../../../src/graph/ports';
import { gruInputs, gruStep, gruWeights, type Gru } from '../../shared/gru';
import {
  moduleTitle,
  outputWidthParameter,
  ROLE_DEFAULTS,
  roleParameter,
} from '../../shared/modules';
import { choiceParameter } from '../../shared/parameters';
import { tensorInput, tensorOutput, WEIGHTS_INPUT, WEIGHTS_OUTPUT } from '../../shared/ports';
import { flattenRows, rowCount } from '../../shared/rows';
import { tooLarge, unusable } from '../../shared/shapeProblems';
import { joinSteps, stackSteps, stepAt, stepsMismatch, stepsOf, stepSize } from '../../shared/time';

const parameters = z.object({
  role: roleParameter('encoder'),
  width: outputWidthParameter({ description: '. They are the state that goes from step to step.' }),
  output: choiceParameter(['steps', 'last'], 'steps', {
    label: 'Output',
    description: 'The state after every step, or after the last one only.',
  }),
});

type Context = InferContext<z.infer<typeof parameters>>;

function unit({ params: { role, width }, inputs }: Context): Gru {
  return {
    inputs: stepSize(...inputs.all('in')),
    width: width ?? ROLE_DEFAULTS[role].width,
  };
}

/** The problem of inputs that are no sequence, or whose first state does not fit, or null. */
function inputProblem(context: Context): InferResult | null {
  const { inputs } = context;
  const types = inputs.all('in');
  const mismatch = stepsMismatch(types, 'in');
  if (mismatch) return mismatch;
  const [first] = types;
  if (first && stepsOf(types) === null) {
    return unusable('in', first, 'a sequence, with a time axis', 'Use an MLP for single steps.');
  }
  const { width, inputs: inputWidth } = unit(context);
  const initial = inputs.maybe('initial');
  if (initial && (initial.time !== null || sampleSize(initial) !== width)) {
    return problem(
      'shape.mismatch',
      `the first state is ${formatTensorType(initial)}, and ${width} numbers without time are needed.`,
      {
        portId: 'initial',
        hint: 'Take one step of it with a Frame, or set the output width to its size.',
      },
    );
  }
  return tooLarge(
    'The largest weight matrix',
    3 * width * Math.max(inputWidth, width),
    'Choose a smaller width, or pool the input.',
  );
}

export const moduleGru = defineNode({
  kind: 'module.gru',
  category: 'module',
  title: 'GRU',
  synonyms: ['RNN', 'recurrent', 'memory', 'sequence model', 'gated recurrent unit'],
  icon: 'repeat',
  help: 'A gated recurrent unit that runs along the steps of a sequence: its state says at each step what it has seen so far, and two gates decide how much of it is kept. It starts from zero, or from a state that is given; weights start uniform within ±1/√width, as in PyTorch.',
  formula: String.raw`\begin{aligned} r, z &= \sigma(x_t W_{r,z} + b_{r,z} + h_{t-1} U_{r,z} + c_{r,z}) \\ n &= \tanh\bigl(x_t W_n + b_n + r \odot (h_{t-1} U_n + c_n)\bigr) \\ h_t &= (1 - z) \odot n + z \odot h_{t-1} \end{aligned}`,
  source:
    'Cho et al. 2014, Learning phrase representations using RNN encoder–decoder, Eq. 5–8, with the reset gate after the product and both biases, as PyTorch nn.GRU',
  params: parameters,
  titleFor: ({ role }) => moduleTitle(role, 'GRU'),
  ports: () => ({
    inputs: [
      tensorInput(
        'in',
        'One or more tensors, at least one of them a sequence: at each step they are flattened and put side by side.',
        { variadic: true },
      ),
      tensorInput('initial', 'The state before the first step; zero when it is open.', {
        optional: true,
      }),
      WEIGHTS_INPUT,
    ],
    outputs: [tensorOutput('out', 'The state after each step, or the last.'), WEIGHTS_OUTPUT],
  }),
  time: 'aware',
  infer: (context) => {
    const { output } = context.params;
    const { width } = unit(context);
    const time = output === 'steps' ? stepsOf(context.inputs.all('in')) : null;
    return inputProblem(context) ?? inferred({ out: tensorType([width], time) });
  },
  weights: (context) => gruWeights(unit(context)),
  lower: (context) => {
    const { builder, inputs, inputTypes, params } = context;
    const types = inputTypes.all('in');
    const { width } = unit({ params, inputs: inputTypes });
    const steps = defined(stepsOf(types), 'steps');
    const joined = joinSteps(builder, inputs.all('in'), types, steps);
    const rows = rowCount(joined) / steps;
    // The products with the inputs do not wait for the state: they are one for all steps.
    const gates = builder.reshape(gruInputs(context, joined), [rows, steps, 3 * width]);
    const initial = inputs.maybe('initial');
    let state = initial ? flattenRows(builder, initial) : builder.constant(0, [rows, width]);
    const states = Array.from({ length: steps }, (_, t) => {
      state = gruStep(context, stepAt(builder, gates, t), state);
      return state;
    });
    return { out: params.output === 'steps' ? stackSteps(builder, states) : state };
  },
});
