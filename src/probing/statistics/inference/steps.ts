import type { InferenceStatistic } from '../measuredInference';
import { HELD_OUT_INFERENCE } from '../reads';

export const steps: InferenceStatistic<number | null> = {
  title: 'Steps of inference',
  heading: 'Steps',
  symbol: 'K',
  formula: String.raw`\check z^{(0)} \to \check z^{(K)}`,
  source: 'Dawid & LeCun 2023, §3.2: inference is a descent',
  reads: HELD_OUT_INFERENCE,
  unit: 'steps',
  isCount: true,
  help: 'How many steps inference takes in evaluation; none where it looks at all values.',
  healthy: 'So many that more of them find next to nothing.',
  detail: true,
  textColumn: 'steps',
  compute: ({ fall }) => fall.at(-1)?.steps ?? null,
};
