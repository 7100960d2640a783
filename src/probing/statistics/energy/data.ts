import type { EnergyStatistic } from '../measuredEnergy';
import { HELD_OUT_PAIRS } from '../reads';

export const data: EnergyStatistic<number> = {
  title: 'Energy on true pairs',
  heading: 'Data',
  symbol: String.raw`\bar F(x, y)`,
  formula: String.raw`\tfrac1N \sum_n F(x_n, y_n)`,
  source: 'Dawid & LeCun 2023, §3',
  reads: HELD_OUT_PAIRS,
  unit: 'that of the energy',
  help: 'Mean F(x, y) over held-out pairs.',
  healthy: 'Healthy is well below the energy of shuffled pairs.',
  table: 'column',
  detail: true,
  textColumn: 'data',
  compute: ({ data }) => data.mean,
};
