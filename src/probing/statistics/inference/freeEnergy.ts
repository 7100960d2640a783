import type { InferenceStatistic } from '../measuredInference';
import { HELD_OUT_INFERENCE } from '../reads';

export const freeEnergy: InferenceStatistic = {
  title: 'Energy found',
  heading: 'Found',
  symbol: String.raw`\bar F`,
  formula: String.raw`\tfrac1N \sum_n E(x_n, y_n, \check z_n)`,
  source: 'Dawid & LeCun 2023, §3.2',
  reads: HELD_OUT_INFERENCE,
  unit: 'that of the energy',
  help: 'Mean over held-out samples of all energies that depend on the latent, where inference has ended.',
  healthy: 'More steps should not find less.',
  detail: true,
  textColumn: 'found',
  compute: ({ energy }) => energy,
};
