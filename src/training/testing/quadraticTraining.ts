import { METRIC, type TrainingProgram } from '../../compiler/programs/compiled';
import { GUARD_STATE } from '../../compiler/optimizer/optimize';
import { success } from '../../core/result';
import { Builder } from '../../ir/builder';
import type { Program, StateSpec } from '../../ir/types';
import type { PreparedTraining } from '../prepareTraining';

/** Live scalar added to the loss: anything not finite makes the step bad. */
export const POISON = 'b.poison';
export const RATE = 'training.learningRate';
const WEIGHT = 'a.w';
const MOMENT = 'optimizer.a.w';

const WEIGHT_SPEC: StateSpec = {
  name: WEIGHT,
  shape: [3],
  dtype: 'f32',
  initializer: { kind: 'normal', deviation: 1, key: [1, 2] },
  purpose: 'weight',
  origin: 'a',
};
const MOMENT_SPEC: StateSpec = {
  ...WEIGHT_SPEC,
  name: MOMENT,
  initializer: { kind: 'constant', value: 0 },
  purpose: 'optimizer',
  origin: null,
};
const GUARD_SPEC: StateSpec = {
  name: GUARD_STATE,
  shape: [],
  dtype: 'f32',
  initializer: { kind: 'constant', value: 1 },
  purpose: 'optimizer',
  origin: null,
};
const LIVE = [
  { name: RATE, initial: 0.05 },
  { name: POISON, initial: 0 },
];

/**
 * Momentum descent on mean((w − target + noise)²) + poison: small, but with all that a compiled training has: data,
 * random numbers of the step, live scalars, optimizer state and the guard.
 */
function trainingProgram(): Program {
  const b = new Builder();
  const weight = b.input('state', WEIGHT, [3], 'f32');
  const moment = b.input('state', MOMENT, [3], 'f32');
  const alive = b.input('state', GUARD_STATE, [], 'f32');
  const target = b.input('data', 'points', [3], 'f32');
  const rate = b.input('live', RATE, [], 'f32');
  const poison = b.input('live', POISON, [], 'f32');
  const noise = b.random([3, 4], b.input('step', 'step', [], 'i32'), [3]);
  const error = b.add(b.sub(weight, target), b.mul(noise, 0.1));
  const squared = b.mean(b.square(error));
  const loss = b.add(squared, poison);
  const gradient = b.mul(error, 2 / 3);
  const good = b.mul(alive, b.cast(b.unary('isFinite', loss), 'f32'));
  const guard = b.compare('gt', good, 0);
  const nextMoment = b.add(b.mul(moment, 0.9), gradient);
  const keepUnlessGood = (next: typeof weight, before: typeof weight): typeof weight =>
    b.select(b.broadcastTo(guard, next.shape), next, before);
  return {
    data: [{ name: 'points', shape: [3], dtype: 'f32' }],
    state: [WEIGHT_SPEC, MOMENT_SPEC, GUARD_SPEC],
    live: LIVE,
    updates: new Map([
      [WEIGHT, keepUnlessGood(b.sub(weight, b.mul(nextMoment, rate)), weight)],
      [MOMENT, keepUnlessGood(nextMoment, moment)],
      [GUARD_STATE, good],
    ]),
    metrics: new Map([
      [METRIC.loss, loss],
      [METRIC.term('a'), squared],
      [METRIC.term('b'), poison],
      [METRIC.gradNorm, b.sqrt(b.sum(b.square(gradient)))],
      [METRIC.learningRate, rate],
    ]),
    outputs: new Map(),
    phases: b.takePhases(),
  };
}

function diagnosisProgram(): Program {
  const b = new Builder();
  const finite = (name: string, value: ReturnType<Builder['input']>) =>
    [`finite:${name}`, b.reduce('min', b.cast(b.unary('isFinite', value), 'f32'))] as const;
  const weight = b.input('state', WEIGHT, [3], 'f32');
  const poison = b.input('live', POISON, [], 'f32');
  return {
    data: [],
    state: [WEIGHT_SPEC],
    live: LIVE,
    updates: new Map(),
    metrics: new Map([finite('a.out', weight), finite('b.energy', poison)]),
    outputs: new Map(),
    phases: b.takePhases(),
  };
}

export function quadraticTraining(): PreparedTraining {
  const asTraining = (program: Program): TrainingProgram => ({ program, data: [] });
  return {
    training: asTraining(trainingProgram()),
    data: new Map([['points', Float32Array.of(1, -2, 3)]]),
    diagnosis: () => success(asTraining(diagnosisProgram())),
    labelOf: (nodeId) => `Node ${nodeId}`,
  };
}
