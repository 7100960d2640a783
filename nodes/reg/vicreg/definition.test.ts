import { describe, expect, it } from 'vitest';
import { runOutput } from '../../shared/testing/runNode';
import { tensor } from '../../shared/testing/tensor';
import { regVicreg } from './definition';

/**
 * Two views of 4 × 3, with the parts of the loss as numpy gives them for the formulas of main_vicreg.py:
 *   std = np.sqrt(z.var(0, ddof=1) + 1e-4); variance = np.maximum(0, 1 - std).mean() / 2 for each view
 *   c = zc.T @ zc / (4 - 1); covariance = (c**2)[~np.eye(3, dtype=bool)].sum() / 3 for each view
 */
const VIEWS = [
  tensor([
    [0.1, -0.4, 0.9],
    [0.7, 0.2, -0.3],
    [-0.5, 0.6, 0.4],
    [1.1, -0.8, 0.2],
  ]),
  tensor([
    [0.3, 0.3, -1.2],
    [-0.6, 0.5, 0.8],
    [0.9, -0.7, 0.1],
    [0.2, 0.4, -0.5],
  ]),
];
const VARIANCE = 0.3593534414744;
const COVARIANCE = 0.1803703703704;

describe('reg.vicreg', () => {
  it('weighs half the variance of each view with 25 and the summed covariances with 1', async () => {
    const [loss] = await runOutput(regVicreg, 'loss', { inputs: { z: VIEWS } });
    expect(loss).toBeCloseTo(25 * VARIANCE + COVARIANCE, 9);
  });

  it('reads both weights live', async () => {
    const live = { variance: 2, covariance: 30 };
    const [loss] = await runOutput(regVicreg, 'loss', { inputs: { z: VIEWS }, live });
    expect(loss).toBeCloseTo(2 * VARIANCE + 30 * COVARIANCE, 9);
  });

  it('tells the lint what it does at its weights', () => {
    const traits = (variance: number, covariance: number): unknown =>
      regVicreg.traits?.(regVicreg.params.parse({ variance, covariance }));
    const rows = { compares: 'rows' };
    expect(traits(25, 1)).toEqual({ keepsVariance: true, decorrelates: true, ...rows });
    expect(traits(25, 0)).toEqual({ keepsVariance: true, decorrelates: false, ...rows });
    expect(traits(0, 1)).toEqual({ keepsVariance: false, decorrelates: true, ...rows });
    expect(traits(0, 0)).toEqual({ keepsVariance: false, decorrelates: false });
  });
});
