import { powerLawExponent } from '../../spectrum';
import type { RepresentationStatistic } from '../measuredRepresentation';
import { HELD_OUT_ROWS } from '../reads';

export const alphaReQ: RepresentationStatistic<number | null> = {
  title: 'Decay of the spectrum',
  heading: 'α-ReQ',
  symbol: String.raw`\alpha`,
  formula: String.raw`\log \lambda_k \approx c - \alpha \log k \ \text{by least squares}, \quad \lambda = \mathrm{eig}(C)`,
  source: 'Agrawal, Mondal, Ghosh & Richards 2022 (α-ReQ), §2',
  reads: HELD_OUT_ROWS,
  unit: 'none',
  help: 'The slope of the eigenvalues of the covariance on logarithmic axes, over those above a part of 10⁻¹² of the largest.',
  healthy:
    'Near 1 details are kept and do not drown the rest; far above 1 few directions have all variance, at 0 all have the same.',
  compute: ({ centredSpectrum }) => powerLawExponent(centredSpectrum),
};
