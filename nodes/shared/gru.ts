import type { WeightSpec } from '../../src/graph/nodeDefinition';
import type { Builder } from '../../src/ir/builder';
import type { Value } from '../../src/ir/types';
import { applyLinear, type WeightAccess } from './linear';

/** A gated recurrent unit: `inputs` numbers a step, a state of `width`. It may do without inputs. */
export interface Gru {
  readonly inputs: number;
  readonly width: number;
}

/**
 * `input.weight` `[inputs, 3·width]`, `hidden.weight` `[width, 3·width]` and a bias of each, gates r, z, n side by side;
 * all uniform within ±1/√width, as PyTorch's `nn.GRU` (which stores the transposed weights).
 */
export function gruWeights({ inputs, width }: Gru): WeightSpec[] {
  const initial = { kind: 'uniform', bound: 1 / Math.sqrt(width) } as const;
  const spec = (name: string, shape: readonly number[]): WeightSpec => ({ name, shape, initial });
  return [
    ...(inputs > 0 ? [spec('input.weight', [inputs, 3 * width])] : []),
    spec('input.bias', [3 * width]),
    spec('hidden.weight', [width, 3 * width]),
    spec('hidden.bias', [3 * width]),
  ];
}

/** What the inputs add to the gates, for the rows of all steps at once: `[rows, inputs]` → `[rows, 3·width]`. */
export function gruInputs(context: WeightAccess, x: Value): Value {
  return applyLinear(context, { prefix: 'input.', bias: true }, x);
}

/** The same of a unit without inputs. */
export function gruInputsOfNone(context: WeightAccess, rows: number): Value {
  const bias = context.weight('input.bias');
  return context.builder.broadcastTo(bias, [rows, ...bias.shape]);
}

/**
 * One step: r = σ(i_r + h_r), z = σ(i_z + h_z), n = tanh(i_n + r·h_n), h′ = (1 − z)·n + z·h, where i is `inputs`
 * `[rows, 3·width]` and h_r, h_z, h_n are those of the state `[rows, width]`, with their bias inside r·h_n (Cho et al.
 * 2014 in the form of PyTorch's `nn.GRU`).
 */
export function gruStep(context: WeightAccess, inputs: Value, state: Value): Value {
  const { builder } = context;
  const hidden = applyLinear(context, { prefix: 'hidden.', bias: true }, state);
  const width = state.shape[1] ?? 1;
  const gate = (x: Value, index: number): Value =>
    builder.sliceAxis(x, 1, index * width, (index + 1) * width);
  const reset = sigmoid(builder, builder.add(gate(inputs, 0), gate(hidden, 0)));
  const keep = sigmoid(builder, builder.add(gate(inputs, 1), gate(hidden, 1)));
  const fresh = builder.unary(
    'tanh',
    builder.add(gate(inputs, 2), builder.mul(reset, gate(hidden, 2))),
  );
  // (1 − z)·n + z·h
  return builder.add(fresh, builder.mul(keep, builder.sub(state, fresh)));
}

function sigmoid(builder: Builder, x: Value): Value {
  return builder.unary('sigmoid', x);
}
