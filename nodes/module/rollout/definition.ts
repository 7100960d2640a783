import { defined } from '../../../src/core/invariant';
import {
  defineNode,
  inferred,
  problem,
  type InferContext,
  type InferResult,
  type LowerContext,
} from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import type { Value } from '../../../src/ir/types';
import { tensorInput, tensorOutput, WEIGHTS_INPUT, WEIGHTS_OUTPUT } from '../../shared/ports';
import { flattenRows, rowCount } from '../../shared/rows';
import { tooLarge, unusable } from '../../shared/shapeProblems';
import { joinSteps, stackSteps, stepAt, stepsMismatch, stepsOf, stepSize } from '../../shared/time';
import { rolloutParameters, type RolloutParams } from './parameters';
import { predictNext, predictorSize, predictorStatistics, predictorWeights } from './predictor';

/** Steps that are predicted; null where neither the parameters nor the inputs say. */
function horizonOf({ params, inputs }: InferContext<RolloutParams>): number | null {
  if (params.horizon > 0) return params.horizon;
  const { time } = inputs.one('state');
  return time === null ? stepsOf(inputs.all('actions')) : time - 1;
}

/** What is wrong with the number of steps, or null. */
function horizonProblem(context: InferContext<RolloutParams>): InferResult | null {
  const { params, inputs } = context;
  const state = inputs.one('state');
  const actions = inputs.all('actions');
  const horizon = horizonOf(context);
  if (params.running === 'forced' && state.time === null) {
    return unusable('state', state, 'a sequence: forced, each step gets its true state', 'Run it free, or connect all states.'); // prettier-ignore
  }
  const bad = (message: string, hint: string, portId?: string): InferResult =>
    problem('node.bad-parameter', message, portId ? { hint, portId } : { hint });
  if (horizon === null) {
    return bad('Nothing says how many steps to predict.', 'Set a horizon, or connect a sequence.');
  }
  if (horizon === 0) {
    return bad('No step follows a state that is alone.', 'Set a horizon, or take a longer sequence.'); // prettier-ignore
  }
  if (params.running === 'forced' && state.time !== null && horizon > state.time) {
    return bad(
      `${horizon} steps cannot each get a true state: there are ${state.time}.`,
      `Choose a horizon of at most ${state.time}, or run it free.`,
    );
  }
  const steps = stepsOf(actions);
  if (steps !== null && steps < horizon) {
    return bad(
      `${horizon} steps need an action each, and there are ${steps}.`,
      `Choose a horizon of ${steps}, or connect more actions.`,
      'actions',
    );
  }
  return stepsMismatch(actions, 'actions');
}

/** Every true state one step on, all at once: `[B, T, …]` → `[B, N, size]`. */
function forced(context: LowerContext<RolloutParams>, horizon: number, actions: Value | null) {
  const { builder, inputs, inputTypes } = context;
  const states = joinSteps(builder, [inputs.one('state')], [inputTypes.one('state')], horizon);
  const next = predictNext(context, states, actions);
  const rows = rowCount(states) / horizon;
  return builder.reshape(next, [rows, horizon, stepSize(inputTypes.one('state'))]);
}

/** The first state, and from there on its own: `[B, …]` or `[B, T, …]` → `[B, N, size]`. */
function free(context: LowerContext<RolloutParams>, horizon: number, actions: Value | null) {
  const { builder, inputs, inputTypes } = context;
  const given = inputs.one('state');
  const first = inputTypes.one('state').time === null ? given : stepAt(builder, given, 0);
  let state = flattenRows(builder, first);
  const timed =
    actions &&
    builder.reshape(actions, [rowCount(actions) / horizon, horizon, actions.shape[1] ?? 1]);
  const states = Array.from({ length: horizon }, (_, t) => {
    state = predictNext(context, state, timed && stepAt(builder, timed, t));
    return state;
  });
  return stackSteps(builder, states);
}

export const moduleRollout = defineNode({
  kind: 'module.rollout',
  category: 'module',
  title: 'Rollout',
  synonyms: [
    'world model',
    'dynamics',
    'action-conditioned',
    'forward model',
    'predict ahead',
    'autoregressive',
    'teacher forcing',
    'planning',
    'MPC',
  ],
  icon: 'fast-forward',
  help: 'A predictor applied over time: from each state, and the action that is taken there, to the next one. Forced, it gets the true state at every step and predicts one step ahead; free, it gets the first and goes on from its own predictions. Step t of what comes out is about step t + 1 of what goes in, so its targets are the states without the first (a Slice from 1). With the weights of another rollout or of an MLP (inputs: state, then actions) both losses train one predictor.',
  formula: String.raw`\begin{aligned} \text{free: } \tilde s_{t+1} &= f(\tilde s_t, a_t), \; \tilde s_0 = s_0 \\ \text{forced: } \tilde s_{t+1} &= f(s_t, a_t) \end{aligned}`,
  source:
    'Williams & Zipser 1989, A learning algorithm for continually running fully recurrent neural networks (teacher forcing); LeCun 2022, A path towards autonomous machine intelligence, §4 (world models)',
  params: rolloutParameters,
  ports: () => ({
    inputs: [
      tensorInput('state', 'All states of a sequence, or the one to start from.'),
      tensorInput(
        'actions',
        'What else each step is predicted from: actions, latents. The first goes with the first state; what has no time goes with every step, and steps over the horizon are left out.',
        { optional: true, variadic: true },
      ),
      WEIGHTS_INPUT,
    ],
    outputs: [
      tensorOutput('states', 'The predicted states: the first is about the second that went in.'),
      WEIGHTS_OUTPUT,
    ],
  }),
  time: 'aware',
  infer: (context) => {
    const { shape } = context.inputs.one('state');
    return (
      horizonProblem(context) ??
      tooLarge('The largest weight matrix', predictorSize(context), 'Choose smaller widths.') ??
      inferred({ states: tensorType(shape, horizonOf(context)) })
    );
  },
  about: (_, step) => step + 1,
  foretells: { input: 'state', output: 'states' },
  weights: predictorWeights,
  statistics: predictorStatistics,
  // Forced, all steps are normalised at once.
  traits: ({ running, normalisation, widths }) =>
    running === 'free' && normalisation === 'batch' && widths?.length !== 0
      ? { compares: 'rows' }
      : {},
  lower: (context) => {
    const { builder, inputs, inputTypes, params } = context;
    const horizon = defined(horizonOf({ params, inputs: inputTypes }), 'horizon');
    const types = inputTypes.all('actions');
    const actions =
      types.length > 0 ? joinSteps(builder, inputs.all('actions'), types, horizon) : null;
    const states = (params.running === 'forced' ? forced : free)(context, horizon, actions);
    const { shape } = inputTypes.one('state');
    return { states: builder.reshape(states, [rowCount(states), horizon, ...shape]) };
  },
});
