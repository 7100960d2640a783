import { entropyRank } from '../../spectrum';
import type { RepresentationStatistic } from '../measuredRepresentation';
import { HELD_OUT_VIEWS } from '../reads';

/** Added to each share of the spectrum, as in the paper. */
const EPSILON = 1e-8;

export const lidar: RepresentationStatistic<number | null> = {
  title: 'LiDAR',
  heading: 'LiDAR',
  symbol: String.raw`\mathrm{LiDAR}`,
  formula: String.raw`\exp\Bigl(-\sum_k p_k \log p_k\Bigr), \; p_k = \frac{\lambda_k}{\sum_j \lambda_j} + 10^{-8}, \; \lambda = \mathrm{eig}\bigl(\Sigma_w^{-1/2} \Sigma_b \Sigma_w^{-1/2}\bigr), \; \Sigma_w \text{ with } 10^{-4} I`,
  source: 'Thilak et al. 2023 (LiDAR), §3',
  reads: HELD_OUT_VIEWS,
  unit: 'dimensions',
  help: 'In how many directions samples differ by more than their views do: between samples over within samples. Not computed over 192 dimensions.',
  healthy: 'Well above 1; at 1 a single direction tells samples apart.',
  bound: ({ rows, dim }) => Math.min(rows - 1, dim),
  compute: ({ views }) => (views?.discriminant ? entropyRank(views.discriminant, EPSILON) : null),
};
