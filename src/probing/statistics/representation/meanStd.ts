import { mean } from '../../rowMatrix';
import type { RepresentationStatistic } from '../measuredRepresentation';
import { HELD_OUT_ROWS } from '../reads';

export const meanStd: RepresentationStatistic = {
  title: 'Mean standard deviation',
  heading: 'Std mean',
  symbol: String.raw`\bar\sigma`,
  formula: String.raw`\tfrac1D \sum_d \sigma_d, \quad \sigma_d^2 = \tfrac1{N-1} \sum_n (z_{nd} - \bar z_d)^2`,
  source: 'Bardes, Ponce & LeCun 2022 (VICReg), variance term',
  reads: HELD_OUT_ROWS,
  unit: 'that of the representation',
  help: 'How far held-out rows spread around their mean, as a mean over dimensions.',
  healthy: 'Healthy is 0.1 to 2; towards 0 all samples are mapped to one point.',
  level: 1,
  table: 'column',
  detail: true,
  textColumn: 'std',
  chart: {
    title: 'Mean std',
    hint: 'Mean over dimensions on held-out data. Towards 0 is complete collapse.',
  },
  compute: ({ deviations }) => mean(deviations),
};
