import type { InferenceStatistic } from '../measuredInference';
import { HELD_OUT_INFERENCE } from '../reads';

export const startEnergy: InferenceStatistic<number | null> = {
  title: 'Energy at the start',
  heading: 'Start',
  symbol: String.raw`\bar F_0`,
  formula: String.raw`\tfrac1N \sum_n E(x_n, y_n, \check z_n^{(0)})`,
  source: 'Dawid & LeCun 2023, §3.2: inference is a descent',
  reads: HELD_OUT_INFERENCE,
  unit: 'that of the energy',
  help: 'The same energies where inference starts; none where it takes no steps.',
  healthy: 'The energy found is lower: that much of it inference has taken away.',
  detail: true,
  textColumn: 'start',
  compute: ({ fall }) => fall[0]?.energy ?? null,
};
