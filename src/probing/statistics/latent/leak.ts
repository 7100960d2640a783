import type { LatentStatistic } from '../measuredLatent';
import { HELD_OUT_PAIRS } from '../reads';

export const leak: LatentStatistic = {
  title: 'Leak',
  heading: 'Leak',
  symbol: String.raw`\ell_z`,
  formula: String.raw`\max_E \frac{\Delta_z E}{\Delta_z E + [\Delta F]_+}`,
  source: 'Dawid & LeCun 2023, §3.2 and §4 (a latent of too much capacity explains any y)',
  reads: HELD_OUT_PAIRS,
  unit: 'none',
  help: 'What a foreign latent costs, as a part of that and of what a foreign y costs with the latent inferred anew.',
  healthy:
    'Over 0.91 the latent explains a foreign y nearly as well as its own; at 0 it is idle. Beside a gap off the data it is always high.',
  bound: () => 1,
  detail: true,
  textColumn: 'leak',
  compute: ({ energies }) => {
    const parts = energies.flatMap(({ gap, latentRise }) => {
      if (gap === null || latentRise === null) return [];
      const rise = Math.max(0, latentRise);
      return [rise === 0 ? 0 : rise / (rise + Math.max(0, gap))];
    });
    return parts.length === 0 ? null : Math.max(...parts);
  },
};
