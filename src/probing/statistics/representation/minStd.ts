import type { RepresentationStatistic } from '../measuredRepresentation';
import { HELD_OUT_ROWS } from '../reads';

export const minStd: RepresentationStatistic = {
  title: 'Least standard deviation',
  heading: 'min',
  symbol: String.raw`\min_d \sigma_d`,
  formula: String.raw`\min_d \sqrt{\tfrac1{N-1} \sum_n (z_{nd} - \bar z_d)^2}`,
  source: 'Bardes, Ponce & LeCun 2022 (VICReg), variance term',
  reads: HELD_OUT_ROWS,
  unit: 'that of the representation',
  help: 'The deviation of the dimension that moves least.',
  healthy: 'Healthy is above 0: at 0 a dimension is dead.',
  table: { beside: 'meanStd' },
  detail: true,
  compute: ({ deviations }) => deviations.reduce((least, one) => Math.min(least, one), Infinity),
};
