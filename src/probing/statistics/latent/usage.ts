import type { Evidence } from '../evidence';
import type { MeasuredLatent } from '../measuredLatent';
import { HELD_OUT_INFERENCE } from '../reads';
import { shownBars } from './shownBars';

export const usage: Evidence<MeasuredLatent, 'bars'> = {
  title: 'Usage',
  symbol: String.raw`\sigma_d, \; p_k`,
  formula: String.raw`\sigma_d = \mathrm{std}_n\, z_{nd}, \quad p_k = \tfrac1N \sum_n z_{nk}`,
  source: 'deviations over held-out samples (ddof 1); of codes their shares',
  reads: HELD_OUT_INFERENCE,
  unit: 'that of the latent; none for shares',
  help: 'How far each dimension moves over samples, or which part of the samples has each code; of over 256 the highest.',
  healthy: 'All of some height: one at 0 is not in use.',
  drawing: 'bars',
  compute: ({ deviations, shares }) => shownBars(shares ?? deviations ?? new Float64Array()),
};
