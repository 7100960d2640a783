import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { inferNode, runNode, runOutput, type NodeRun } from '../../shared/testing/runNode';
import { largestDifference, scatter, tensorOf, waves } from '../../shared/testing/tensor';
import { moduleGru } from './definition';

/** The case that tests/oracles/gru.py records: two samples of three steps of two numbers, a state of two. */
const weights = {
  'input.weight': waves([2, 6], 0.7).values,
  'hidden.weight': waves([2, 6], 1.1).values,
  'input.bias': waves([6], 1.3).values,
  'hidden.bias': waves([6], 1.7).values,
};
const sequence = waves([2, 3, 2], 0.9, { timed: true });
const first = waves([2, 2], 2.3);
const params = { width: 2 };

/** PyTorch 1.13, `nn.GRU` in float64. */
const STATES = [
  -0.11179965855740842, 0.7669966789160568, -0.16037083507304142, 0.6890949568646568,
  -0.4152977757218146, 0.046206589353936754, -0.44361587613076087, 0.7414323009556724,
  -0.24621510219029435, 0.8755027669465872, -0.37124349068813206, 0.28993110985134973,
];
/** The same from the state `first`. */
const CONTINUED = [
  -0.19590170933817486, 0.8665497611525487, -0.2288048197881912, 0.7188069476397855,
  -0.4660762652171792, 0.07848902065577111, -0.6943758296490423, 0.8669984066242606,
  -0.36168130096468437, 0.9156618197806576, -0.46319101955921904, 0.3443843230054308,
];

function run(more: NodeRun['inputs'] = {}, changed: Record<string, unknown> = {}): NodeRun {
  return { inputs: { in: sequence, ...more }, params: { ...params, ...changed }, weights };
}

describe('module.gru', () => {
  it('agrees with PyTorch, from zero and from a state that is given', async () => {
    const { outputs, types } = await runNode(moduleGru, run());
    expect(types['out']).toEqual(tensorType([2], 3));
    expect(largestDifference(outputs['out']?.values ?? [], STATES)).toBeLessThan(1e-12);
    const continued = await runOutput(moduleGru, 'out', run({ initial: first }));
    expect(largestDifference(continued, CONTINUED)).toBeLessThan(1e-12);
  });

  it('gives the last state alone', async () => {
    const { outputs, types } = await runNode(moduleGru, run({}, { output: 'last' }));
    expect(types['out']).toEqual(tensorType([2]));
    const last = [...STATES.slice(4, 6), ...STATES.slice(10)];
    expect(largestDifference(outputs['out']?.values ?? [], last)).toBeLessThan(1e-12);
  });

  it('has the gradients of its formula', async () => {
    for (const output of ['steps', 'last']) {
      const case_ = run({ initial: first }, { output });
      const inputs = { in: sequence, initial: first };
      expect(await gradientError(moduleGru, { ...case_, inputs }, 'out')).toBeLessThan(1e-8);
    }
  });

  it('joins its inputs at each step; what has no time is the same at all', async () => {
    const context = tensorOf([2, 1], scatter(5));
    const both = tensorOf(
      [2, 3, 3],
      (index) => {
        const [row, step, d] = [Math.floor(index / 9), Math.floor(index / 3) % 3, index % 3];
        return (d < 2 ? sequence.values[row * 6 + step * 2 + d] : context.values[row]) ?? NaN;
      },
      { timed: true },
    );
    const wide = { ...weights, 'input.weight': waves([3, 6], 0.7).values };
    const one = await runOutput(moduleGru, 'out', { inputs: { in: both }, params, weights: wide });
    const two = { inputs: { in: [sequence, context] }, params, weights: wide };
    expect(await runOutput(moduleGru, 'out', two)).toEqual(one);
  });

  it('starts uniform within ±1/√width', async () => {
    const { weights: initial } = await runNode(moduleGru, {
      inputs: { in: waves([1, 2, 50], 0.9, { timed: true }) },
      params: { width: 25 },
    });
    expect(Object.fromEntries(Object.entries(initial).map(([k, { shape }]) => [k, shape]))).toEqual(
      { 'input.weight': [50, 75], 'input.bias': [75], 'hidden.weight': [25, 75], 'hidden.bias': [75] }, // prettier-ignore
    );
    const all = Object.values(initial).flatMap(({ values }) => values);
    expect(Math.max(...all.map(Math.abs))).toBeLessThanOrEqual(0.2);
    expect(Math.max(...all)).toBeGreaterThan(0.19);
  });

  it('refuses what is no sequence, and states that do not fit', () => {
    const refused = (types: Parameters<typeof inferNode>[1]): unknown =>
      inferNode(moduleGru, types, params);
    expect(refused({ in: tensorType([3]) })).toMatchObject({ problem: { code: 'shape.invalid' } });
    const lengths = [tensorType([3], 4), tensorType([3], 5)];
    expect(refused({ in: lengths })).toMatchObject({ problem: { code: 'shape.mismatch' } });
    for (const initial of [tensorType([3]), tensorType([2], 4)]) {
      expect(refused({ in: tensorType([3], 4), initial })).toMatchObject({
        problem: { code: 'shape.mismatch', portId: 'initial' },
      });
    }
    expect(inferNode(moduleGru, { in: tensorType([8192], 4) }, { width: 8192 })).toMatchObject({
      problem: { code: 'shape.too-large' },
    });
  });
});
