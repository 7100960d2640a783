import type { LatentStatistic } from '../measuredLatent';
import { HELD_OUT_INFERENCE } from '../reads';

export const divergence: LatentStatistic = {
  title: 'Divergence from the prior',
  heading: 'KL',
  symbol: String.raw`\mathrm{KL}`,
  formula: String.raw`\tfrac1{2N} \sum_{nd} (\sigma_{nd}^2 + \mu_{nd}^2 - 1 - \log \sigma_{nd}^2)`,
  source: 'Kingma & Welling 2014, appendix B',
  reads: HELD_OUT_INFERENCE,
  unit: 'nats a sample',
  help: 'What the posterior tells of a sample, over all its dimensions.',
  healthy: 'Well above 0: at 0 it is its prior whatever the sample, and carries nothing.',
  detail: true,
  textColumn: 'KL',
  compute: ({ divergences }) => divergences && divergences.reduce((sum, one) => sum + one, 0),
};
