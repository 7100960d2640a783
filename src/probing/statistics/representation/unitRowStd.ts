import { columnDeviations, mean, unitRows } from '../../rowMatrix';
import type { RepresentationStatistic } from '../measuredRepresentation';
import { HELD_OUT_ROWS } from '../reads';

export const unitRowStd: RepresentationStatistic = {
  title: 'Deviation of unit rows',
  heading: 'Unit rows',
  symbol: String.raw`\bar\sigma(\hat z)`,
  formula: String.raw`\tfrac1D \sum_d \mathrm{std}_n \frac{z_{nd}}{\lVert z_n \rVert}`,
  source: 'Chen & He 2021 (SimSiam), §4.1',
  reads: HELD_OUT_ROWS,
  unit: 'none',
  help: 'Standard deviation of the rows scaled to length 1: how far directions from the origin spread.',
  healthy:
    'It is 1/√D when directions spread evenly. An offset lowers it, which only a cosine energy minds; there near 0 is collapse.',
  // Along one coordinate of evenly spread unit vectors of D dimensions the mean square is 1/D.
  reference: { symbol: '1/√D', value: ({ dim }) => 1 / Math.sqrt(dim) },
  detail: true,
  compute: ({ matrix }) => mean(columnDeviations(unitRows(matrix))),
};
