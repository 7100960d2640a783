import type { Evidence } from '../evidence';
import type { MeasuredEnergy } from '../measuredEnergy';
import { HELD_OUT_PAIRS } from '../reads';

export const bySteps: Evidence<MeasuredEnergy, 'steps'> = {
  title: 'Energy by step',
  symbol: String.raw`\bar F_t`,
  formula: String.raw`\tfrac1N \sum_n F_t(x_n, y_n), \quad F = \tfrac1T \sum_t F_t`,
  source: 'what the average over the steps of a sequence is made of (docs/semantics.md §1)',
  reads: HELD_OUT_PAIRS,
  unit: 'that of the energy',
  help: 'The energy of each step of a sequence; of a free rollout the error against the horizon.',
  healthy:
    'It lies below the curve of other pairs. A rollout rises with the horizon; where it meets the other curve, nothing is predicted any more.',
  drawing: 'steps',
  compute: ({ arrays: { bySteps: data, shuffledBySteps } }) =>
    data ? { data: [...data], shuffled: shuffledBySteps ? [...shuffledBySteps] : null } : null,
};
