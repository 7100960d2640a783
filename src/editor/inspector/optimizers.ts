import type { TrainingSettings } from '../../document/schema';

type Optimizer = TrainingSettings['optimizer'];

const DEFAULTS: Readonly<Record<Optimizer['kind'], Optimizer>> = {
  sgd: { kind: 'sgd', momentum: 0.9 },
  adam: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  adamw: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
};

/** Another optimizer; settings that both have are kept. An unknown kind changes nothing. */
export function changeOptimizer(current: Optimizer, kind: string): Optimizer {
  const wanted = Object.values(DEFAULTS).find((one) => one.kind === kind);
  if (wanted === undefined) return current;
  const kept = Object.entries(current).filter(([name]) => name !== 'kind' && name in wanted);
  return { ...wanted, ...Object.fromEntries(kept) };
}
