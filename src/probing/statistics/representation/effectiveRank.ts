import { attainableRank, effectiveRank as rankMe } from '../../spectrum';
import type { RepresentationStatistic } from '../measuredRepresentation';
import { HELD_OUT_ROWS } from '../reads';

export const effectiveRank: RepresentationStatistic = {
  title: 'Effective rank, centred',
  heading: 'Effective rank',
  symbol: String.raw`\mathrm{rank}_\mathrm{eff}`,
  formula: String.raw`\exp\Bigl(-\sum_k p_k \log p_k\Bigr), \quad p_k = \frac{\sigma_k}{\sum_j \sigma_j} + 10^{-7}, \quad \sigma = \mathrm{sv}(Z - \bar Z)`,
  source: 'Garrido, Balestriero, Najman & LeCun 2023 (RankMe), Eq. 2, on centred rows',
  reads: HELD_OUT_ROWS,
  unit: 'dimensions',
  help: 'How many directions the centred rows use, of the min(D, N − 1) that they could.',
  healthy:
    'It is scale-free: a collapsed output can look full-rank, so read it with the deviation.',
  bound: attainableRank,
  table: 'column',
  detail: true,
  textColumn: 'rank',
  chart: {
    title: 'Rank, attainable part',
    hint: 'How many directions are in use, as a part of those there could be. Read it with the deviation.',
  },
  compute: ({ centredSpectrum }) => rankMe(centredSpectrum),
};
