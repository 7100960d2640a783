import type { EnergyStatistic } from '../measuredEnergy';
import { HELD_OUT_PAIRS } from '../reads';

export const shuffled: EnergyStatistic = {
  title: 'Energy on shuffled pairs',
  heading: 'Shuffled',
  symbol: String.raw`\bar F(x, y')`,
  formula: String.raw`\tfrac1N \sum_n F(x_n, y_{\pi(n)})`,
  source: 'Dawid & LeCun 2023, §4',
  reads: HELD_OUT_PAIRS,
  unit: 'that of the energy',
  help: 'Mean F(x, y) with y of another sample, latents inferred anew.',
  healthy: 'Healthy is well above the energy of true pairs.',
  table: 'column',
  detail: true,
  textColumn: 'shuffled',
  compute: ({ shuffled }) => shuffled && shuffled.mean,
};
