import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { digitPixels, quarterMeans } from './digits';
import { fitMixture, meanLogLikelihood } from './gaussianMixture';
import { inertia, kMeans, lloyd } from './kMeans';

const LINE = new Matrix([0, 1, 1.5, 4, 4.2, 5, 9, 9.3].map((x) => [x]));

describe('k-means', () => {
  it('finds the best of all partitions of a few points', () => {
    // All ways to give 8 points one of 3 clusters.
    const values = LINE.getColumn(0);
    let best = Infinity;
    for (let code = 0; code < 3 ** values.length; code++) {
      const clusters: number[][] = [[], [], []];
      values.forEach((value, i) => clusters[Math.floor(code / 3 ** i) % 3]?.push(value));
      const total = clusters.reduce((sum, cluster) => {
        const mean = cluster.reduce((a, b) => a + b, 0) / cluster.length;
        return sum + cluster.reduce((a, b) => a + (b - mean) ** 2, 0);
      }, 0);
      best = Math.min(best, total);
    }
    const found = kMeans(LINE, 3);
    expect(found.inertia).toBeCloseTo(best, 12);
    expect(inertia(LINE, found.centres)).toBeCloseTo(best, 12);
  });

  it('stays where a start is stable, even a bad one, and keeps a centre that nothing is near', () => {
    const { centres } = lloyd(LINE, new Matrix([[4], [100]]));
    const mean = LINE.mean();
    expect(centres.to1DArray()).toEqual([expect.closeTo(mean, 12), 100]);
  });

  it('reaches the inertia of scikit-learn on digits', () => {
    // clusters.py, scikit-learn 1.2.1.
    expect(kMeans(digitPixels('train'), 10).inertia / 3605.98785).toBeCloseTo(1, 2);
  });
});

describe('the Gaussian mixture', () => {
  it('of one component is the Gaussian of the moments', () => {
    const [mean, variance] = [LINE.mean(), LINE.variance('column', { unbiased: false })[0] ?? NaN];
    const mixture = fitMixture(LINE, 1);
    expect(mixture.means.get(0, 0)).toBeCloseTo(mean, 12);
    expect(mixture.variances.get(0, 0)).toBeCloseTo(variance, 5);
    const expected = -0.5 * (Math.log(2 * Math.PI * variance) + 1);
    expect(meanLogLikelihood(mixture, LINE)).toBeCloseTo(expected, 6);
  });

  it('has the likelihood that its formula gives', () => {
    const mixture = {
      weights: [0.25, 0.75],
      means: new Matrix([
        [0, 1],
        [2, -1],
      ]),
      variances: new Matrix([
        [1, 0.5],
        [2, 0.1],
      ]),
    };
    const density = (x: number, mean: number, variance: number) =>
      Math.exp(-((x - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
    const expected =
      0.25 * density(0.3, 0, 1) * density(-0.2, 1, 0.5) +
      0.75 * density(0.3, 2, 2) * density(-0.2, -1, 0.1);
    expect(meanLogLikelihood(mixture, new Matrix([[0.3, -0.2]]))).toBeCloseTo(
      Math.log(expected),
      12,
    );
  });

  it('reaches the likelihood of scikit-learn on quarters of digits', () => {
    // clusters.py, scikit-learn 1.2.1.
    const rows = quarterMeans(digitPixels('train'));
    expect(meanLogLikelihood(fitMixture(rows, 3), rows)).toBeCloseTo(3.763444, 3);
  });
});
