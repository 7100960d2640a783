import { gradients } from '../../src/compiler/autodiff/gradients';
import { optimize } from '../../src/compiler/optimizer/optimize';
import { simplify } from '../../src/compiler/simplify/simplify';
import { defined } from '../../src/core/invariant';
import { Builder } from '../../src/ir/builder';
import type { Program, StateSpec, Value } from '../../src/ir/types';
import { verifyProgram } from '../../src/ir/verify';
import type { Arrays } from '../workloads/arrays';
import { ADAM, type PlainModel } from '../workloads/workload';
import { basinLoss } from './basinModels';

/** The training step of a model as a program, made as `compileTraining` makes that of a document. */
export function basinProgram(model: PlainModel, { data, weights }: Arrays): Program {
  const builder = new Builder();
  const step = builder.input('step', 'step', [], 'i32');
  const values = new Map<string, Value>();
  for (const { name, shape } of data) values.set(name, builder.input('data', name, shape, 'f32'));
  const trained = weights.map(({ name, shape }) => {
    const value = builder.input('state', name, shape, 'f32');
    values.set(name, value);
    return { spec: weightSpec(name, shape), value };
  });
  const loss = basinLoss(builder, model, (name) => defined(values.get(name), name));
  const slopes = gradients(
    builder,
    loss,
    trained.map(({ value }) => value),
  );
  const { updates, state, packs } = optimize(builder, {
    weights: trained.map((weight, index) => ({
      ...weight,
      gradient: defined(slopes[index], 'gradient'),
    })),
    statistics: [],
    averages: [],
    loss,
    step,
    learningRate: builder.input('live', 'learningRate', [], 'f32'),
    optimizer: { kind: 'adam', beta1: ADAM.beta1, beta2: ADAM.beta2, epsilon: ADAM.epsilon },
    schedule: { kind: 'constant', warmupSteps: 0, totalSteps: 1, finalFraction: 0 },
    clipNorm: null,
  });
  const program: Program = {
    data: data.map(({ name, shape }) => ({ name, shape, dtype: 'f32' })),
    state: [...trained.map(({ spec }) => spec), ...state],
    packs,
    live: [{ name: 'learningRate', initial: ADAM.learningRate }],
    phases: builder.takePhases(),
    updates,
    metrics: new Map([['loss', loss]]),
    outputs: new Map(),
  };
  verifyProgram(program);
  const simplified = simplify(program);
  verifyProgram(simplified);
  return simplified;
}

/** The weights themselves are written over this initial value. */
function weightSpec(name: string, shape: readonly number[]): StateSpec {
  const initializer = { kind: 'constant', value: 0 } as const;
  return { name, shape, dtype: 'f32', initializer, purpose: 'weight', origin: name };
}
