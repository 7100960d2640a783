import type {
  InferContext,
  LowerContext,
  StatisticSpec,
  WeightSpec,
} from '../../../src/graph/nodeDefinition';
import type { Value } from '../../../src/ir/types';
import { gruInputs, gruInputsOfNone, gruStep, gruWeights, type Gru } from '../../shared/gru';
import { applyMlp, largestMatrix, mlpStatistics, mlpWeights, type Mlp } from '../../shared/mlp';
import { ROLE_DEFAULTS } from '../../shared/modules';
import { concatRows, rowCount } from '../../shared/rows';
import { stepSize } from '../../shared/time';
import type { RolloutParams } from './parameters';

type Sizes = InferContext<RolloutParams>;

/** Layers and names as those of `module.mlp` with the inputs state, actions, so that one may use the other's weights. */
function mlp({ params, inputs }: Sizes): Mlp {
  const size = stepSize(inputs.one('state'));
  return {
    inputs: size + stepSize(...inputs.all('actions')),
    widths: params.widths ?? ROLE_DEFAULTS.predictor.widths,
    outputs: size,
    activation: params.activation,
    normalisation: params.normalisation,
  };
}

/** As `module.gru`: the state is its state, the actions are its inputs. */
function gru({ inputs }: Sizes): Gru {
  return { inputs: stepSize(...inputs.all('actions')), width: stepSize(inputs.one('state')) };
}

export function predictorWeights(sizes: Sizes): WeightSpec[] {
  return sizes.params.cell === 'mlp' ? mlpWeights(mlp(sizes)) : gruWeights(gru(sizes));
}

export function predictorStatistics(sizes: Sizes): StatisticSpec[] {
  return sizes.params.cell === 'mlp' ? mlpStatistics(mlp(sizes)) : [];
}

/** Numbers in its largest weight matrix. */
export function predictorSize(sizes: Sizes): number {
  if (sizes.params.cell === 'mlp') return largestMatrix(mlp(sizes));
  const { inputs, width } = gru(sizes);
  return 3 * width * Math.max(inputs, width);
}

/** The next state of each row, `[rows, size]`: from the state and the actions of the row, `[rows, width]`, if there are any. */
export function predictNext(
  context: LowerContext<RolloutParams>,
  state: Value,
  actions: Value | null,
): Value {
  const { builder, params, inputTypes } = context;
  if (params.cell === 'gru') {
    const inputs = actions
      ? gruInputs(context, actions)
      : gruInputsOfNone(context, rowCount(state));
    return gruStep(context, inputs, state);
  }
  const input = actions ? concatRows(builder, [state, actions]) : state;
  const output = applyMlp(context, mlp({ params, inputs: inputTypes }), input);
  return params.residual ? builder.add(state, output) : output;
}
