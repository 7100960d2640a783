import { effectiveRank as rankMe } from '../../spectrum';
import type { RepresentationStatistic } from '../measuredRepresentation';
import { HELD_OUT_ROWS } from '../reads';

export const effectiveRankUncentred: RepresentationStatistic = {
  title: 'Effective rank, uncentred',
  heading: 'Rank, uncentred',
  symbol: String.raw`\mathrm{RankMe}`,
  formula: String.raw`\exp\Bigl(-\sum_k p_k \log p_k\Bigr), \quad p_k = \frac{\sigma_k}{\sum_j \sigma_j} + 10^{-7}, \quad \sigma = \mathrm{sv}(Z)`,
  source: 'Garrido, Balestriero, Najman & LeCun 2023 (RankMe), Eq. 2',
  reads: HELD_OUT_ROWS,
  unit: 'dimensions',
  help: 'RankMe as in its paper: an offset that all rows share counts as a direction, and a large one hides the others.',
  healthy: 'Near 1 beside a higher centred rank, the offset outweighs everything else.',
  bound: ({ rows, dim }) => Math.min(rows, dim),
  compute: ({ spectrum }) => rankMe(spectrum),
};
