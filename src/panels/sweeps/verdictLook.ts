import type { Verdict } from '../../probing/verdicts/verdicts';

/** How a verdict stands in a cell: in a word or two, on a ground of its own. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  diverged: 'Diverged',
  'complete collapse': 'Complete',
  'dimensional collapse': 'Dimensional',
  'partial collapse': 'Partial',
  'latent leak': 'Leak',
  'flat energy': 'Flat',
  healthy: 'Healthy',
  'no verdict': 'None',
};
