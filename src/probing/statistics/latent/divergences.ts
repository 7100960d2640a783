import type { Evidence } from '../evidence';
import type { MeasuredLatent } from '../measuredLatent';
import { HELD_OUT_INFERENCE } from '../reads';
import { shownBars } from './shownBars';

export const divergences: Evidence<MeasuredLatent, 'bars', readonly number[] | null> = {
  title: 'KL divergence of each dimension',
  symbol: String.raw`\mathrm{KL}_d`,
  formula: String.raw`\tfrac1{2N} \sum_n (\sigma_{nd}^2 + \mu_{nd}^2 - 1 - \log \sigma_{nd}^2)`,
  source: 'Kingma & Welling 2014, appendix B',
  reads: HELD_OUT_INFERENCE,
  unit: 'nats',
  help: 'What each dimension of the posterior tells of a sample.',
  healthy: 'Above 0 in several: at 0 a dimension is its prior, and is not in use.',
  drawing: 'bars',
  compute: ({ divergences: all }) => all && shownBars(all),
};
