import type { EnergyStatistic } from '../measuredEnergy';
import { HELD_OUT_PAIRS } from '../reads';

export const latentRise: EnergyStatistic = {
  title: 'Latent rise',
  heading: 'Latent rise',
  symbol: String.raw`\Delta_z E`,
  formula: String.raw`\tfrac1N \sum_n E(x_n, y_n, \check z_{\pi(n)}) - \tfrac1N \sum_n E(x_n, y_n, \check z_n)`,
  source: 'Dawid & LeCun 2023, §3.2 (capacity of the latent)',
  reads: HELD_OUT_PAIRS,
  unit: 'that of the energy',
  help: 'How much the energy rises when the latents of true pairs are given to other samples.',
  healthy: 'At 0 the latent is idle. Far above the gap, the latent explains the target by itself.',
  detail: true,
  compute: ({ latentOwn, latentShuffled }) =>
    latentShuffled && latentShuffled.mean - latentOwn.mean,
};
