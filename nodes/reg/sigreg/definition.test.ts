import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { inferNode, runOutput, type NodeRun } from '../../shared/testing/runNode';
import { rowsOf, scatter, tensor, tensorOf, type TestTensor } from '../../shared/testing/tensor';
import { regSigreg } from './definition';

/** The statistic of projections u: N Σ_t w_t [(mean cos tu − φ)² + (mean sin tu)²], 17 nodes of [0, 3]. */
function statistic(u: readonly number[]): number {
  const mean = (f: (x: number) => number): number => u.reduce((sum, x) => sum + f(x), 0) / u.length;
  let total = 0;
  for (let k = 0; k <= 16; k++) {
    const t = (3 * k) / 16;
    const phi = Math.exp((-t * t) / 2);
    const weight = (k === 0 || k === 16 ? 1 : 2) * (3 / 16) * phi;
    total +=
      weight * ((mean((x) => Math.cos(t * x)) - phi) ** 2 + mean((x) => Math.sin(t * x)) ** 2);
  }
  return u.length * total;
}

async function loss(z: TestTensor | readonly TestTensor[], run: NodeRun = {}): Promise<number> {
  const [value = NaN] = await runOutput(regSigreg, 'loss', { ...run, inputs: { z } });
  return value;
}

describe('reg.sigreg', () => {
  it('is the statistic itself of one dimension, where both directions give the same', async () => {
    const z = tensorOf([12, 1], scatter(1));
    expect(await loss(z)).toBeCloseTo(statistic(z.values), 12);
  });

  it('is known for a collapsed representation of any width', async () => {
    const zeros = tensorOf([10, 7], () => 0);
    expect(await loss(zeros)).toBeCloseTo(statistic(Array<number>(10).fill(0)), 12);
    // The integral itself: 10 ∫ (1 − φ)² φ dt over [−3, 3] = 10 √2π [erf(3/√2) − √2 erf(3) + erf(3√1.5)/√3] = 4.0223.
    expect(await loss(zeros)).toBeCloseTo(4.0223, 2);
  });

  it('averages over directions that are spread evenly', async () => {
    const z = tensorOf([20, 2], (index) => 2 * scatter(2)(index));
    const angles = Array.from({ length: 2000 }, (_, k) => (2 * Math.PI * k) / 2000);
    const all = angles.map((angle) =>
      statistic(rowsOf(z).map(([x = NaN, y = NaN]) => x * Math.cos(angle) + y * Math.sin(angle))),
    );
    const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
    const deviation = Math.sqrt(all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length);
    expect(deviation).toBeGreaterThan(0.05);
    for (const step of [0, 1, 2]) {
      // Four standard errors of 256 directions.
      expect(Math.abs((await loss(z, { step })) - mean)).toBeLessThan((4 * deviation) / 16);
    }
    expect(await loss(z, { step: 0 })).not.toBe(await loss(z, { step: 1 }));
  });

  it('averages views, and flattens images', async () => {
    const views = [tensor([[1], [2]]), tensor([[[[0.5]]], [[[-1]]]])];
    const expected = (statistic([1, 2]) + statistic([0.5, -1])) / 2;
    expect(await loss(views)).toBeCloseTo(expected, 12);
  });

  it('has the gradient that finite differences have', async () => {
    const inputs = { z: [tensorOf([5, 3], scatter(4)), tensorOf([5, 2], scatter(5))] };
    expect(await gradientError(regSigreg, { inputs }, 'loss')).toBeLessThan(1e-8);
  });

  it('refuses a representation that is too wide', () => {
    expect(inferNode(regSigreg, { z: tensorType([512, 512, 3]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.too-large' },
    });
  });
});
