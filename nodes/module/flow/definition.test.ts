import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/compiler/analysis/analyse';
import { sketchDocument } from '../../../src/compiler/testing/testGraphs';
import { defined } from '../../../src/core/invariant';
import { createRegistry } from '../../../src/graph/registry';
import { tensorType } from '../../../src/graph/ports';
import { dataPoints } from '../../data/points/definition';
import { regL2 } from '../../reg/l2/definition';
import { gradientError } from '../../shared/testing/gradientError';
import { numbers } from '../../shared/testing/numbers';
import { inferNode, runNode } from '../../shared/testing/runNode';
import { largestDifference, rowsOf, scatter, tensor, tensorOf } from '../../shared/testing/tensor';
import { moduleFlow } from './definition';

type Weights = Readonly<Record<string, readonly number[]>>;

/** Weights of a flow over `size` numbers, all of them away from zero. */
function weightsOf(params: Record<string, unknown>, size: number, scale = 1): Weights {
  const types = { all: () => [], maybe: () => null, one: () => tensorType([size]) };
  const specs = moduleFlow.weights?.({ params: moduleFlow.params.parse(params), inputs: types });
  return Object.fromEntries(
    (specs ?? []).map(({ name, shape }, index) => [
      name,
      numbers(index + 1, shape).map((x) => scale * x),
    ]),
  );
}

/** f and −log|det| of the rows of a matrix. */
async function flow(
  rows: readonly (readonly number[])[],
  params: Record<string, unknown>,
  weights: Weights,
): Promise<{ out: number[][]; logDet: readonly number[] }> {
  const { outputs } = await runNode(moduleFlow, { inputs: { in: tensor(rows) }, params, weights });
  return {
    out: rowsOf(defined(outputs['out'], 'out')),
    logDet: defined(outputs['logDet'], 'logDet').values,
  };
}

/** Determinant by Gaussian elimination with pivots. */
function determinant(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row]);
  let product = 1;
  for (let k = 0; k < rows.length; k++) {
    const sizes = rows.slice(k).map((row) => Math.abs(row[k] ?? 0));
    const pivot = k + sizes.indexOf(Math.max(...sizes));
    const [top, other] = [rows[pivot] ?? [], rows[k] ?? []];
    if (pivot !== k) product = -product;
    rows[pivot] = other;
    rows[k] = top;
    const lead = top[k] ?? NaN;
    product *= lead;
    for (let i = k + 1; i < rows.length; i++) {
      const factor = (rows[i]?.[k] ?? NaN) / lead;
      rows[i] = (rows[i] ?? []).map((x, j) => x - factor * (top[j] ?? NaN));
    }
  }
  return product;
}

describe('module.flow', () => {
  it('starts as the identity, which keeps volumes', async () => {
    const input = tensorOf([4, 3, 2, 1], scatter(1));
    const { outputs, types } = await runNode(moduleFlow, { inputs: { in: input } });
    expect(outputs['out']).toEqual({ shape: input.shape, values: input.values });
    expect(outputs['logDet']?.values.map(Math.abs)).toEqual([0, 0, 0, 0]);
    expect(types['out']).toEqual(tensorType([3, 2, 1]));
  });

  it('moves the features of odd number by those of even number in its first layer: y = x e^s + t', async () => {
    const params = { layers: 1, widths: [] };
    // From the two even features to s and t of the one odd feature.
    const weights = { '0.0.weight': [0.5, 1, -2, 3], '0.0.bias': [0.1, 0.2] };
    const { out, logDet } = await flow([[0.3, 0.7, -0.4]], params, weights);
    const s = 2 * Math.tanh((0.5 * 0.3 - 2 * -0.4 + 0.1) / 2);
    const t = 1 * 0.3 + 3 * -0.4 + 0.2;
    expect(largestDifference(out[0] ?? [], [0.3, 0.7 * Math.exp(s) + t, -0.4])).toBeLessThan(1e-12);
    expect(logDet[0]).toBeCloseTo(-s, 12);
  });

  it.each([2, 3, 6])(
    'has minus the log-determinant of its Jacobian in %d dimensions',
    async (size) => {
      const params = { layers: 3, widths: [5], activation: 'tanh' };
      const weights = weightsOf(params, size);
      const step = 1e-5;
      let largest = 0;
      for (const seed of [1, 2, 3]) {
        const x = Array.from({ length: size }, (_, d) => 2 * scatter(seed)(d));
        const { logDet } = await flow([x], params, weights);
        const moved = (d: number, by: number): number[] => x.map((v, i) => (i === d ? v + by : v));
        const columns = await Promise.all(
          x.map(async (_, d) => {
            const { out } = await flow([moved(d, step), moved(d, -step)], params, weights);
            return (out[0] ?? []).map((y, i) => (y - (out[1]?.[i] ?? NaN)) / (2 * step));
          }),
        );
        const expected = -Math.log(Math.abs(determinant(columns)));
        largest = Math.max(largest, Math.abs(expected));
        expect(logDet[0]).toBeCloseTo(expected, 7);
      }
      expect(largest).toBeGreaterThan(0.2);
    },
  );

  it('is the density of a distribution with a normal prior: e^{−½‖f‖² − logDet}/2π integrates to 1', async () => {
    const params = { layers: 4, widths: [8], activation: 'tanh' };
    const weights = weightsOf(params, 2, 0.6);
    const [edge, spacing] = [12, 0.1];
    const axis = Array.from(
      { length: (2 * edge) / spacing },
      (_, i) => -edge + (i + 0.5) * spacing,
    );
    const grid = axis.flatMap((x) => axis.map((y) => [x, y]));
    const { out, logDet } = await flow(grid, params, weights);
    const densities = out.map(
      ([u = NaN, v = NaN], n) =>
        Math.exp(-(u * u + v * v) / 2 - (logDet[n] ?? NaN)) / (2 * Math.PI),
    );
    expect(Math.max(...logDet) - Math.min(...logDet)).toBeGreaterThan(0.5);
    expect(densities.reduce((sum, p) => sum + p * spacing ** 2, 0)).toBeCloseTo(1, 3);
  });

  it('has the gradients that finite differences have', async () => {
    const params = { layers: 3, widths: [4, 3] };
    const run = { params, weights: weightsOf(params, 5), inputs: { in: tensorOf([3, 5], scatter(6)) } }; // prettier-ignore
    expect(await gradientError(moduleFlow, run, 'out')).toBeLessThan(1e-7);
    expect(await gradientError(moduleFlow, run, 'logDet')).toBeLessThan(1e-7);
  });

  it('has a network for each layer, as wide as its halves ask for', () => {
    const types = { all: () => [], maybe: () => null, one: () => tensorType([5]) };
    const params = moduleFlow.params.parse({ layers: 2, widths: [7] });
    const shapes = moduleFlow.weights?.({ params, inputs: types }).map(({ name, shape }) => [name, shape]); // prettier-ignore
    expect(Object.fromEntries(shapes ?? [])).toEqual({
      '0.0.weight': [3, 7],
      '0.0.bias': [7],
      '0.1.weight': [7, 4],
      '0.1.bias': [4],
      '1.0.weight': [2, 7],
      '1.0.bias': [7],
      '1.1.weight': [7, 6],
      '1.1.bias': [6],
    });
  });

  it('adds up to the negative log-likelihood with an L2 of weight ½', () => {
    const { formula, diagnostics } = analyse(
      sketchDocument({
        nodes: {
          points: ['data.points', { shape: 'moons' }],
          flow: 'module.flow',
          prior: ['reg.l2', { weight: 0.5 }],
        },
        edges: ['points.y -> flow.in', 'flow.out -> prior.z'],
      }),
      createRegistry([dataPoints, moduleFlow, regL2]),
    );
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(formula.text).toBe('L = mean(−log|det|(flow)) + 0.5·mean(prior)');
  });

  it('refuses a single number, and networks that are too large', () => {
    expect(inferNode(moduleFlow, { in: tensorType([1]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.invalid', portId: 'in' },
    });
    const wide = { widths: [8192, 8192] };
    expect(inferNode(moduleFlow, { in: tensorType([8, 8, 1]) }, wide)).toMatchObject({
      ok: false,
      problem: { code: 'shape.too-large' },
    });
  });
});
