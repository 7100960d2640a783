import type { LatentStatistic } from '../measuredLatent';
import { HELD_OUT_INFERENCE } from '../reads';

/** A dimension of a posterior is active where its mean has at least this variance over samples, beside a prior of 1. */
const ACTIVE_VARIANCE = 0.01;
/** Of a latent without a prior of unit size: at least this part of the largest deviation. */
const USED_PART = 0.01;

export const used: LatentStatistic = {
  title: 'Dimensions or codes in use',
  heading: 'Used',
  symbol: String.raw`\#z`,
  formula: String.raw`\#\{d : \mathrm{Var}_n\, \mu_{nd} > 0.01\}, \; \#\{d : \sigma_d > 0.01 \max_e \sigma_e\} \text{ without a posterior}, \; \#\{k : \text{a sample has code } k\}`,
  source: 'Burda, Grosse & Salakhutdinov 2016 (importance weighted autoencoders), §4.1',
  reads: HELD_OUT_INFERENCE,
  unit: 'dimensions or codes',
  isCount: true,
  help: 'How many dimensions differ between samples, or how many codes any sample has.',
  healthy: 'Most of them; none is a posterior that has collapsed to its prior.',
  detail: true,
  textColumn: 'used',
  compute: ({ meanVariances, deviations, shares, rows }) => {
    if (meanVariances) return meanVariances.filter((one) => one > ACTIVE_VARIANCE).length;
    // A share is a mean over rows: half a sample is none.
    if (shares) return shares.filter((share) => share * rows >= 0.5).length;
    if (!deviations) return null;
    const largest = deviations.reduce((most, one) => Math.max(most, one), 0);
    return deviations.filter((one) => one > USED_PART * largest).length;
  },
};
