import type { ModuleStatistic } from '../measuredModule';
import { NEXT_STEP } from '../reads';

export const gradientNorm: ModuleStatistic = {
  title: 'Gradient norm',
  heading: '‖g‖',
  symbol: String.raw`\lVert \partial L / \partial w \rVert`,
  formula: String.raw`\Bigl(\sum_i (\partial L / \partial w_i)^2\Bigr)^{1/2}`,
  source: 'of all weights of the module, before clipping',
  reads: NEXT_STEP,
  unit: 'loss per unit of weight',
  help: 'How steep the loss is in the weights of the module.',
  healthy: 'Neither 0, where nothing reaches the module, nor far above that of the others.',
  detail: true,
  textColumn: 'gradient',
  compute: (measured) => measured.gradientNorm,
};
