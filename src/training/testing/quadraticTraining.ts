import { metricName, type Metric } from '../../compiler/metrics';
import { GUARD_STATE } from '../../compiler/optimizer/optimize';
import type { Check, DiagnosisProgram } from '../../compiler/programs/compileDiagnosis';
import type { TrainingProgram } from '../../compiler/programs/compiled';
import { success } from '../../core/result';
import { Builder } from '../../ir/builder';
import type { Program, StateSpec, Value } from '../../ir/types';
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
function trainingProgram(): TrainingProgram {
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
  const metrics: [Metric, Value][] = [
    [{ kind: 'loss' }, loss],
    [{ kind: 'term', nodeId: 'a' }, squared],
    [{ kind: 'term', nodeId: 'b' }, poison],
    [{ kind: 'gradNorm' }, b.sqrt(b.sum(b.square(gradient)))],
    [{ kind: 'learningRate' }, rate],
  ];
  const program: Program = {
    data: [{ name: 'points', shape: [3], dtype: 'f32' }],
    state: [WEIGHT_SPEC, MOMENT_SPEC, GUARD_SPEC],
    live: LIVE,
    updates: new Map([
      [WEIGHT, keepUnlessGood(b.sub(weight, b.mul(nextMoment, rate)), weight)],
      [MOMENT, keepUnlessGood(nextMoment, moment)],
      [GUARD_STATE, good],
    ]),
    metrics: new Map(metrics.map(([metric, value]) => [metricName(metric), value])),
    outputs: new Map(),
    phases: b.takePhases(),
  };
  return {
    program,
    data: [],
    metrics: new Map(metrics.map(([metric]) => [metricName(metric), metric])),
  };
}

function diagnosisProgram(): DiagnosisProgram {
  const b = new Builder();
  const weight = b.input('state', WEIGHT, [3], 'f32');
  const poison = b.input('live', POISON, [], 'f32');
  const looked: [string, Check, Value][] = [
    ['first', { kind: 'output', nodeId: 'a', port: 'out' }, weight],
    ['second', { kind: 'output', nodeId: 'b', port: 'energy' }, poison],
  ];
  const program: Program = {
    data: [],
    state: [WEIGHT_SPEC],
    live: LIVE,
    updates: new Map(),
    metrics: new Map(
      looked.map(([name, , value]) => [
        name,
        b.reduce('min', b.cast(b.unary('isFinite', value), 'f32')),
      ]),
    ),
    outputs: new Map(),
    phases: b.takePhases(),
  };
  const checks = new Map(looked.map(([name, check]) => [name, check]));
  return { program, data: [], checks, largest: new Map() };
}

export function quadraticTraining(): PreparedTraining {
  return {
    training: trainingProgram(),
    data: new Map([['points', Float32Array.of(1, -2, 3)]]),
    diagnosis: () => success(diagnosisProgram()),
    labelOf: (nodeId) => `Node ${nodeId}`,
    keeperOf: () => 'node',
  };
}
