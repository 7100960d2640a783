import type { InferenceStatistic } from '../measuredInference';
import { HELD_OUT_INFERENCE } from '../reads';

export const gradientNorm: InferenceStatistic = {
  title: 'Gradient norm left',
  heading: '‖∂E/∂z‖',
  symbol: String.raw`\overline{\lVert \partial E / \partial \check z \rVert}`,
  formula: String.raw`\tfrac1N \sum_n \min_{g \in \partial_z E} \lVert g \rVert_2`,
  source:
    'Nesterov 2013, Gradient methods for minimizing composite functions, §2 (the least subgradient)',
  reads: HELD_OUT_INFERENCE,
  unit: 'energy per unit of z',
  help: 'How steep the energy still is in z where inference has ended; the subgradient nearest to 0 where an L1 term has a kink.',
  healthy: 'At a minimum it is 0.',
  detail: true,
  textColumn: 'gradient',
  compute: ({ slope }) => slope,
};
