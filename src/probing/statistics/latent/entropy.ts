import type { LatentStatistic, MeasuredLatent } from '../measuredLatent';
import { HELD_OUT_INFERENCE } from '../reads';

export const entropy: LatentStatistic = {
  title: 'Entropy of the codes',
  heading: 'Entropy',
  symbol: 'H',
  formula: String.raw`-\sum_k p_k \log p_k, \quad p_k = \tfrac1N \sum_n z_{nk}`,
  source: 'Shannon 1948; p is the usage of the codes over samples',
  reads: HELD_OUT_INFERENCE,
  unit: 'nats',
  help: 'How evenly samples are spread over the codes.',
  healthy: 'Near log K; at 0 all samples have one code.',
  detail: true,
  compute: codeEntropy,
};

/** −Σ p log p of the shares of codes; null where there are none. */
export function codeEntropy({ shares }: MeasuredLatent): number | null {
  if (shares === null) return null;
  const negative = shares.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0);
  return negative === 0 ? 0 : -negative;
}
