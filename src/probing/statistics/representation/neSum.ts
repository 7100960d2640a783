import { eigenvalueSum } from '../../spectrum';
import type { RepresentationStatistic } from '../measuredRepresentation';
import { HELD_OUT_ROWS } from '../reads';

export const neSum: RepresentationStatistic = {
  title: 'NESum',
  heading: 'NESum',
  symbol: String.raw`\mathrm{NESum}`,
  formula: String.raw`\sum_k \lambda_k / \lambda_1, \quad \lambda = \mathrm{eig}(C)`,
  source: 'He & Ozay 2022, Exploring the gap between collapsed & whitened features, §4',
  reads: HELD_OUT_ROWS,
  unit: 'dimensions',
  help: 'Eigenvalues of the covariance, added up in units of the largest.',
  healthy: 'Between 1, where one direction has all variance, and D, where all have the same.',
  bound: ({ dim }) => dim,
  compute: ({ centredSpectrum }) => eigenvalueSum(centredSpectrum),
};
