import { describe, expect, it } from 'vitest';
import { defined } from '../../../src/core/invariant';
import { tensorType } from '../../../src/graph/ports';
import { inferNode, runNode, type NodeRun } from '../../shared/testing/runNode';
import {
  largestDifference,
  rowsOf,
  scatter,
  tensor,
  tensorOf,
  type TestArray,
} from '../../shared/testing/tensor';
import { moduleMlp } from './definition';

const ROWS = 7;
const input = tensorOf([ROWS, 3], scatter(1));
const params = { widths: [4], width: 2, activation: 'tanh' };

type Matrix = number[][];

function affine(x: Matrix, weight: TestArray, bias: TestArray): Matrix {
  const w = rowsOf(weight);
  return x.map((row) =>
    bias.values.map((b, o) => row.reduce((sum, value, i) => sum + value * (w[i]?.[o] ?? NaN), b)),
  );
}

function columnsOf(x: Matrix): Matrix {
  return (x[0] ?? []).map((_, d) => x.map((row) => row[d] ?? NaN));
}

function moments(values: readonly number[]): { mean: number; sumOfSquares: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return { mean, sumOfSquares: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) };
}

/** (x − mean)/√(biased variance + 1e-5) of one list of numbers. */
function standardised(values: readonly number[]): number[] {
  const { mean, sumOfSquares } = moments(values);
  return values.map((x) => (x - mean) / Math.sqrt(sumOfSquares / values.length + 1e-5));
}

function scaled(x: Matrix, scale: readonly number[], shift: readonly number[]): Matrix {
  return x.map((row) => row.map((value, d) => value * (scale[d] ?? NaN) + (shift[d] ?? NaN)));
}

const SCALE = [1.5, -0.5, 2, 1];
const SHIFT = [0.1, 0.2, -0.3, 0];
const norm = { '0.scale': SCALE, '0.shift': SHIFT };

/** Runs the network, and again layer by layer with `normalise` between the first layer and its tanh. */
async function compare(
  run: NodeRun,
  normalise: (hidden: Matrix) => Matrix,
): Promise<{ difference: number; hidden: Matrix; result: Awaited<ReturnType<typeof runNode>> }> {
  const result = await runNode(moduleMlp, { inputs: { in: input }, ...run });
  const weight = (name: string): TestArray => defined(result.weights[name], name);
  const hidden = affine(rowsOf(input), weight('0.weight'), weight('0.bias'));
  const activated = normalise(hidden).map((row) => row.map(Math.tanh));
  const expected = affine(activated, weight('1.weight'), weight('1.bias')).flat();
  const values = defined(result.outputs['out'], 'out').values;
  return { difference: largestDifference(values, expected), hidden, result };
}

describe('module.mlp', () => {
  it('joins a sequence of states with the actions taken at them, step by step', async () => {
    const [samples, steps] = [2, 3];
    const states = tensorOf([samples, steps, 3], scatter(2), { timed: true });
    const actions = tensorOf([samples, steps, 2], scatter(3), { timed: true });
    const { outputs, types } = await runNode(moduleMlp, {
      inputs: { in: [states, actions] },
      params,
    });
    expect(types['out']).toEqual(tensorType([2], steps));
    const rows = (width: number, { values }: TestArray): TestArray[] =>
      rowsOf({ shape: [samples * steps, width], values }).map((row) => ({
        shape: [1, width],
        values: row,
      }));
    const acted = rows(2, actions);
    const alone: number[] = [];
    for (const [index, state] of rows(3, states).entries()) {
      const inputs = [state, defined(acted[index], 'action')].map((x) => ({ ...x, timed: false }));
      const one = await runNode(moduleMlp, { inputs: { in: inputs }, params });
      alone.push(...defined(one.outputs['out'], 'out').values);
    }
    expect(largestDifference(defined(outputs['out'], 'out').values, alone)).toBeLessThan(1e-12);
  });

  it('is linear, activation, linear', async () => {
    const { difference, result } = await compare({ params }, (hidden) => hidden);
    expect(difference).toBeLessThan(1e-12);
    expect(
      Object.fromEntries(Object.entries(result.weights).map(([k, v]) => [k, v.shape])),
    ).toEqual({ '0.weight': [3, 4], '0.bias': [4], '1.weight': [4, 2], '1.bias': [2] });
  });

  it('normalises over the features of each row', async () => {
    const run = { params: { ...params, normalisation: 'layer' }, weights: norm };
    const { difference, result } = await compare(run, (hidden) =>
      scaled(hidden.map(standardised), SCALE, SHIFT),
    );
    expect(difference).toBeLessThan(1e-12);
    expect(result.statistics).toEqual({});
  });

  it('normalises over the batch while training, and moves its running statistics by a tenth', async () => {
    const run = { params: { ...params, normalisation: 'batch' }, weights: norm };
    const { difference, hidden, result } = await compare(run, (h) =>
      scaled(columnsOf(columnsOf(h).map(standardised)), SCALE, SHIFT),
    );
    expect(difference).toBeLessThan(1e-12);
    const batch = columnsOf(hidden).map(moments);
    const mean = batch.map((column) => 0.1 * column.mean);
    // Unbiased, as PyTorch keeps it.
    const variance = batch.map((column) => 0.9 + (0.1 * column.sumOfSquares) / (ROWS - 1));
    const { statistics } = result;
    expect(largestDifference(statistics['0.mean']?.values ?? [], mean)).toBeLessThan(1e-12);
    expect(largestDifference(statistics['0.variance']?.values ?? [], variance)).toBeLessThan(1e-12);
  });

  it('normalises by the running statistics in evaluation, and leaves them alone', async () => {
    const statistics = { '0.mean': [0.5, -1, 0, 2], '0.variance': [4, 0.25, 1, 9] };
    const run: NodeRun = {
      params: { ...params, normalisation: 'batch' },
      weights: norm,
      statistics,
      mode: 'evaluate',
    };
    const { difference, result } = await compare(run, (hidden) => {
      const standard = hidden.map((row) =>
        row.map(
          (x, d) =>
            (x - (statistics['0.mean'][d] ?? NaN)) /
            Math.sqrt((statistics['0.variance'][d] ?? NaN) + 1e-5),
        ),
      );
      return scaled(standard, SCALE, SHIFT);
    });
    expect(difference).toBeLessThan(1e-12);
    expect(result.statistics['0.mean']?.values).toEqual(statistics['0.mean']);
    expect(result.statistics['0.variance']?.values).toEqual(statistics['0.variance']);
  });

  it('normalises hidden layers only', async () => {
    const run = { inputs: { in: input }, params: { widths: [], width: 2, normalisation: 'batch' } };
    const { weights, statistics } = await runNode(moduleMlp, run);
    expect(Object.keys(weights)).toEqual(['0.weight', '0.bias']);
    expect(statistics).toEqual({});
  });

  it('stays finite on a batch of one', async () => {
    const run = { inputs: { in: tensor([[1, 2, 3]]) }, params: { normalisation: 'batch' } };
    const { outputs, statistics } = await runNode(moduleMlp, run);
    const values = [...Object.values(outputs), ...Object.values(statistics)].flatMap(
      (array) => array.values,
    );
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it('takes its title and the widths that are left empty from its role', () => {
    const describeRole = (role: string): unknown[] => {
      const parsed = moduleMlp.params.parse({ role });
      const context = {
        params: parsed,
        inputs: { one: () => tensorType([5]), maybe: () => null, all: () => [tensorType([5])] },
      };
      const widths = moduleMlp
        .weights?.(context)
        .flatMap(({ name, shape }) => (name.endsWith('bias') ? [shape[0]] : []));
      return [moduleMlp.titleFor?.(parsed), widths];
    };
    expect(describeRole('encoder')).toEqual(['Encoder', [128, 32]]);
    expect(describeRole('predictor')).toEqual(['Predictor', [64, 32]]);
    expect(describeRole('decoder')).toEqual(['Decoder', [128, 64]]);
    expect(describeRole('expander')).toEqual(['Expander', [64, 64, 64]]);
    expect(describeRole('none')).toEqual(['MLP', [64, 32]]);
  });

  it('makes images of its output, before the role’s width', async () => {
    const run = { inputs: { in: input }, params: { role: 'decoder', outputShape: [4, 2, 1] } };
    const { outputs } = await runNode(moduleMlp, run);
    expect(outputs['out']?.shape).toEqual([ROWS, 4, 2, 1]);
  });

  it('refuses weight matrices that are too large', () => {
    const types = { in: tensorType([64, 64, 3]) };
    expect(inferNode(moduleMlp, types, { widths: [8192, 8192] })).toMatchObject({
      ok: false,
      problem: { code: 'shape.too-large' },
    });
  });
});
