import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { NODE_ENGINES, openEngine } from '../../shared/testing/engines';
import { gradientError } from '../../shared/testing/gradientError';
import { inferNode, runNode, runOutput, type NodeRun } from '../../shared/testing/runNode';
import {
  largestDifference,
  rowsOf,
  scatter,
  tensorOf,
  waves,
  type TestTensor,
} from '../../shared/testing/tensor';
import { moduleGru } from '../gru/definition';
import { moduleMlp } from '../mlp/definition';
import { moduleRollout } from './definition';

const ROWS = 2;
/** Four states of three numbers, and an action of two for each of three steps. */
const states = tensorOf([ROWS, 4, 3], scatter(1), { timed: true });
const actions = tensorOf([ROWS, 3, 2], scatter(2), { timed: true });
const mlp = { widths: [4], activation: 'tanh' };
const weights = {
  '0.weight': waves([5, 4], 0.7).values,
  '0.bias': waves([4], 1.3).values,
  '1.weight': waves([4, 3], 1.1).values,
  '1.bias': waves([3], 1.7).values,
};

/** Step `t` of each sample. */
function at({ values, shape: [, steps = 1, width = 1] }: TestTensor, row: number, t: number) {
  const start = (row * steps + t) * width;
  return values.slice(start, start + width);
}

/** s′ = W₁ᵀ tanh(W₀ᵀ (s, a) + b₀) + b₁ in plain numbers. */
function next(state: readonly number[], action: readonly number[]): number[] {
  const layer = (x: readonly number[], name: string, width: number): number[] =>
    Array.from({ length: width }, (_, o) =>
      x.reduce(
        (sum, value, i) => sum + value * (table(`${name}.weight`)[i * width + o] ?? NaN),
        table(`${name}.bias`)[o] ?? NaN,
      ),
    );
  return layer(layer([...state, ...action], '0', 4).map(Math.tanh), '1', 3);
}

function table(name: string): readonly number[] {
  return new Map(Object.entries(weights)).get(name) ?? [];
}

const added = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((value, i) => value + (b[i] ?? NaN));

/** What the node should give: row by row, step by step. */
function rolledOut({ forced = false, residual = false }): number[] {
  return Array.from({ length: ROWS }, (_, row) => {
    let own = at(states, row, 0);
    return Array.from({ length: 3 }, (__, t) => {
      const from = forced ? at(states, row, t) : own;
      const change = next(from, at(actions, row, t));
      own = residual ? added(from, change) : change;
      return own;
    });
  }).flat(2);
}

function run(params: Record<string, unknown>, inputs: NodeRun['inputs'] = {}) {
  return { params: { ...mlp, ...params }, weights, inputs: { state: states, actions, ...inputs } };
}

describe('module.rollout', () => {
  it('goes on from its own predictions, or gets the true state at each step', async () => {
    for (const forced of [false, true]) {
      for (const residual of [false, true]) {
        const params = { running: forced ? 'forced' : 'free', residual };
        const { outputs, types } = await runNode(moduleRollout, run(params));
        expect(types['states']).toEqual(tensorType([3], 3));
        const expected = rolledOut({ forced, residual });
        const values = outputs['states']?.values ?? [];
        expect(largestDifference(values, expected)).toBeLessThan(1e-12);
      }
    }
  });

  it('starts from one state, as far as there are actions or as the horizon says', async () => {
    const [start] = [tensorOf([ROWS, 3], (i) => at(states, Math.floor(i / 3), 0)[i % 3] ?? NaN)];
    const whole = await runOutput(moduleRollout, 'states', run({}, { state: start }));
    expect(largestDifference(whole, rolledOut({}))).toBeLessThan(1e-12);
    const { outputs } = await runNode(moduleRollout, run({ horizon: 2 }, { state: start }));
    const values = outputs['states'];
    expect(values?.shape).toEqual([ROWS, 2, 3]);
    const cut = [...rolledOut({}).slice(0, 6), ...rolledOut({}).slice(9, 15)];
    expect(largestDifference(values?.values ?? [], cut)).toBeLessThan(1e-12);
  });

  it('is an MLP at each step when it is forced, with the names and shapes of its weights', async () => {
    const forced = await runNode(moduleRollout, run({ running: 'forced', normalisation: 'batch' }));
    const now = tensorOf([ROWS, 3, 3], (i) => at(states, Math.floor(i / 9), Math.floor(i / 3) % 3)[i % 3] ?? NaN, { timed: true }); // prettier-ignore
    const plain = await runNode(moduleMlp, {
      params: { ...mlp, width: 3, normalisation: 'batch' },
      weights,
      inputs: { in: [now, actions] },
    });
    expect(forced.outputs['states']).toEqual(plain.outputs['out']);
    expect(forced.statistics).toEqual(plain.statistics);
    const shapes = (from: typeof plain.weights): unknown =>
      Object.entries(from).map(([name, { shape }]) => [name, shape]);
    expect(shapes(forced.weights)).toEqual(shapes(plain.weights));
  });

  it('is a GRU over the actions with a GRU as its predictor, with its weights', async () => {
    const first = tensorOf([ROWS, 3], scatter(3));
    const ofGru = {
      'input.weight': waves([2, 9], 0.7).values,
      'input.bias': waves([9], 1.3).values,
      'hidden.weight': waves([3, 9], 1.1).values,
      'hidden.bias': waves([9], 1.7).values,
    };
    const gru = await runOutput(moduleGru, 'out', {
      params: { width: 3 },
      weights: ofGru,
      inputs: { in: actions, initial: first },
    });
    const rollout = await runOutput(moduleRollout, 'states', {
      params: { cell: 'gru' },
      weights: ofGru,
      inputs: { state: first, actions },
    });
    expect(largestDifference(rollout, gru)).toBeLessThan(1e-14);
  });

  it('runs without actions', async () => {
    const { '0.weight': all, ...others } = weights;
    const own = { ...others, '0.weight': all.slice(0, 12) };
    const still = tensorOf([ROWS, 3, 2], () => 0, { timed: true });
    const without = { params: mlp, weights: own, inputs: { state: states } };
    expect(
      largestDifference(
        await runOutput(moduleRollout, 'states', without),
        await runOutput(moduleRollout, 'states', run({}, { actions: still })),
      ),
    ).toBeLessThan(1e-14);
    const { outputs } = await runNode(moduleRollout, {
      params: { cell: 'gru', horizon: 6 },
      inputs: { state: states },
    });
    expect(outputs['states']?.shape).toEqual([ROWS, 6, 3]);
  });

  it('keeps the shape of states, and repeats what has no time', async () => {
    const images = tensorOf([ROWS, 4, 2, 2, 1], scatter(4), { timed: true });
    const context = tensorOf([ROWS, 2], scatter(5));
    const repeated = tensorOf([ROWS, 3, 2], (i) => context.values[Math.floor(i / 6) * 2 + (i % 2)] ?? NaN, { timed: true }); // prettier-ignore
    const outputOf = async (given: TestTensor) => {
      const inputs = { state: images, actions: given };
      const { outputs, types } = await runNode(moduleRollout, { params: mlp, inputs });
      expect(types['states']).toEqual(tensorType([2, 2, 1], 3));
      return rowsOf(outputs['states'] ?? { shape: [], values: [] });
    };
    expect(await outputOf(context)).toEqual(await outputOf(repeated));
  });

  it('has the gradients of its formula, through time', async () => {
    for (const params of [{}, { running: 'forced' }, { residual: true }, { cell: 'gru' }]) {
      const given = run(params);
      const gru = {
        'input.weight': waves([2, 9], 0.7).values,
        'hidden.weight': waves([3, 9], 1.1).values,
      };
      const case_ = 'cell' in params ? { ...given, weights: gru } : given;
      expect(await gradientError(moduleRollout, case_, 'states')).toBeLessThan(1e-8);
    }
  });

  it.each(NODE_ENGINES)('gives the same and has the same gradients on %s', async (name) => {
    const engine = await openEngine(name);
    for (const params of [{}, { running: 'forced', normalisation: 'batch' }, { cell: 'gru' }]) {
      const given = run(params);
      const own = 'cell' in params ? {} : { weights };
      const case_ = { params: given.params, inputs: given.inputs, ...own, gradientOf: 'states' };
      const found = await runNode(moduleRollout, { ...case_, engine });
      const expected = await runNode(moduleRollout, case_);
      const all = ({ outputs, weightGradients, gradients }: typeof found): number[] =>
        [
          ...Object.values(outputs),
          ...Object.values(weightGradients),
          ...Object.values(gradients).flat(),
        ].flatMap(({ values }) => values);
      expect(all(found).length).toBeGreaterThan(50);
      expect(largestDifference(all(found), all(expected))).toBeLessThan(2e-5);
    }
    engine.dispose();
  });

  it('refuses horizons that nothing gives or that true states and actions do not reach', () => {
    const code = (
      params: Record<string, unknown>,
      types: Parameters<typeof inferNode>[1],
    ): string | null => {
      const result = inferNode(moduleRollout, types, params);
      return result.ok ? null : result.problem.code;
    };
    const one = tensorType([3]);
    const many = tensorType([3], 4);
    expect(code({}, { state: one })).toBe('node.bad-parameter');
    expect(code({}, { state: tensorType([3], 1) })).toBe('node.bad-parameter');
    expect(code({ running: 'forced' }, { state: one })).toBe('shape.invalid');
    expect(code({ running: 'forced', horizon: 5 }, { state: many })).toBe('node.bad-parameter');
    expect(code({ running: 'forced', horizon: 4 }, { state: many })).toBeNull();
    expect(code({ horizon: 9 }, { state: many })).toBeNull();
    expect(code({}, { state: many, actions: tensorType([2], 2) })).toBe('node.bad-parameter');
    expect(code({}, { state: many, actions: tensorType([2], 7) })).toBeNull();
    const unequal = [tensorType([2], 7), tensorType([2], 8)];
    expect(code({}, { state: many, actions: unequal })).toBe('shape.mismatch');
    expect(code({ widths: [8192] }, { state: tensorType([8192], 4) })).toBe('shape.too-large');
  });
});
