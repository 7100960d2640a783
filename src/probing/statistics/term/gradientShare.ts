import type { TermStatistic } from '../measuredTerm';
import { NEXT_STEP } from '../reads';

export const gradientShare: TermStatistic = {
  title: 'Share of the gradient',
  heading: 'Share',
  symbol: String.raw`g_t(z)`,
  formula: String.raw`\frac{\lVert \partial(\lambda_t t) / \partial z \rVert}{\sum_s \lVert \partial(\lambda_s s) / \partial z \rVert}`,
  source: 'norms over the batch; terms that pull against each other both count',
  reads: NEXT_STEP,
  unit: 'none',
  help: 'Which part of the pull on a representation comes from this term.',
  healthy: 'None decides alone: a guard with next to no share guards next to nothing.',
  bound: () => 1,
  detail: true,
  compute: ({ norm, total }) => norm / total,
};
