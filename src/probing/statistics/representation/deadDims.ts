import { mean } from '../../rowMatrix';
import type { RepresentationStatistic } from '../measuredRepresentation';
import { HELD_OUT_ROWS } from '../reads';

/** A dimension is dead when it deviates by less than this part of what dimensions do on average. */
const DEAD_PART = 0.01;

export const deadDims: RepresentationStatistic = {
  title: 'Dead dimensions',
  heading: 'dead',
  symbol: String.raw`D_0`,
  formula: String.raw`\#\{d : \sigma_d \le 0.01\, \bar\sigma\}`,
  source: 'Jing, Vincent, LeCun & Tian 2022, Understanding dimensional collapse, §3',
  reads: HELD_OUT_ROWS,
  unit: 'dimensions',
  isCount: true,
  help: 'Dimensions that are the same for all samples.',
  healthy: 'Healthy is none or few; after a rectifier some units may be off for all samples.',
  detail: true,
  compute: ({ deviations }) => {
    const least = DEAD_PART * mean(deviations);
    return deviations.filter((deviation) => deviation <= least).length;
  },
};
