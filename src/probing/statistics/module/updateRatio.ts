import type { ModuleStatistic } from '../measuredModule';
import { NEXT_STEP } from '../reads';

export const updateRatio: ModuleStatistic<number | null> = {
  title: 'Update-to-weight ratio',
  heading: 'Update',
  symbol: String.raw`\lVert \Delta w \rVert / \lVert w \rVert`,
  formula: String.raw`\lVert w' - w \rVert / \lVert w \rVert`,
  source: 'of one step of the optimizer with its own state: rate, momentum and clipping are in it',
  reads: NEXT_STEP,
  unit: 'none',
  help: 'By which part of themselves the weights of the module move in a step.',
  healthy: 'About 10⁻³ while training; far above the rate is too high, at 0 nothing is learned.',
  detail: true,
  textColumn: 'update',
  compute: ({ updateNorm, weightNorm }) =>
    updateNorm === null || weightNorm === 0 ? null : updateNorm / weightNorm,
};
