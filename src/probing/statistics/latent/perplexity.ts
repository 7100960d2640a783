import type { LatentStatistic } from '../measuredLatent';
import { HELD_OUT_INFERENCE } from '../reads';
import { codeEntropy } from './entropy';

export const perplexity: LatentStatistic = {
  title: 'Perplexity of the codes',
  heading: 'Perplexity',
  symbol: String.raw`e^H`,
  formula: String.raw`\exp\Bigl(-\sum_k p_k \log p_k\Bigr)`,
  source: 'van den Oord, Vinyals & Kavukcuoglu 2017 (VQ-VAE); of held-out samples',
  reads: HELD_OUT_INFERENCE,
  unit: 'codes',
  help: 'How many codes of equal share would be spread as evenly.',
  healthy: 'Near K; at 1 all samples have one code.',
  detail: true,
  textColumn: 'perplexity',
  compute: (measured) => {
    const entropy = codeEntropy(measured);
    return entropy === null ? null : Math.exp(entropy);
  },
};
