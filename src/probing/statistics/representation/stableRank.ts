import { eigenvalueSum } from '../../spectrum';
import type { RepresentationStatistic } from '../measuredRepresentation';
import { HELD_OUT_ROWS } from '../reads';

export const stableRank: RepresentationStatistic = {
  title: 'Stable rank',
  heading: 'Stable rank',
  symbol: String.raw`\mathrm{sr}`,
  formula: String.raw`\lVert Z \rVert_F^2 / \sigma_1^2, \quad \sigma = \mathrm{sv}(Z)`,
  source: 'Tsitsulin, Munkhoeva & Perozzi 2023, Unsupervised embedding quality evaluation, §3',
  reads: HELD_OUT_ROWS,
  unit: 'dimensions',
  help: 'Squared singular values of the rows, not centred, added up in units of the largest: a rank that small directions hardly change.',
  healthy: 'Near 1 one direction, perhaps an offset that all rows share, outweighs all others.',
  bound: ({ rows, dim }) => Math.min(rows, dim),
  compute: ({ spectrum }) => eigenvalueSum(spectrum),
};
