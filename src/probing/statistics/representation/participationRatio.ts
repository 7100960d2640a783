import { participationRatio as participation } from '../../spectrum';
import type { RepresentationStatistic } from '../measuredRepresentation';
import { HELD_OUT_ROWS } from '../reads';

export const participationRatio: RepresentationStatistic = {
  title: 'Participation ratio',
  heading: 'Participation',
  symbol: String.raw`\mathrm{PR}`,
  formula: String.raw`\frac{\mathrm{tr}(C)^2}{\lVert C \rVert_F^2}, \quad C = \tfrac1{N-1}(Z - \bar Z)^\top (Z - \bar Z)`,
  source: 'Gao et al. 2017, A theory of multineuronal dimensionality',
  reads: HELD_OUT_ROWS,
  unit: 'dimensions',
  help: 'How many dimensions of equal variance would have this spectrum; it weighs large directions more than the effective rank does.',
  healthy: 'Between 1, for a line, and D, for a round cloud.',
  bound: ({ dim }) => dim,
  compute: ({ centredSpectrum }) => participation(centredSpectrum),
};
