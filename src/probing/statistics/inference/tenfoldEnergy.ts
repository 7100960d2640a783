import type { InferenceStatistic } from '../measuredInference';
import { HELD_OUT_INFERENCE } from '../reads';

export const tenfoldEnergy: InferenceStatistic<number | null> = {
  title: 'After ten times the steps',
  heading: '10×',
  symbol: String.raw`\bar F_{10K}`,
  formula: String.raw`\tfrac1N \sum_n E(x_n, y_n, \check z_n^{(10K)})`,
  source: 'Its difference from the energy found bounds what is missed near the point found',
  reads: HELD_OUT_INFERENCE,
  unit: 'that of the energy',
  help: 'The energy found with ten times the steps in evaluation.',
  healthy: 'Healthy is at most 2 % below the energy found; it is never above.',
  detail: true,
  textColumn: '10x',
  compute: ({ tenfold }) => tenfold,
};
