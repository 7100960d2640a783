import type { RepresentationStatistic } from '../measuredRepresentation';
import { HELD_OUT_VIEWS } from '../reads';

export const uniformity: RepresentationStatistic<number | null> = {
  title: 'Uniformity',
  heading: 'Uniformity',
  symbol: String.raw`\ell_\mathrm{uniform}`,
  formula: String.raw`\log \operatorname*{mean}_{i < j} e^{-2 \lVert \hat z_i - \hat z_j \rVert^2}, \quad \hat z = z / \lVert z \rVert`,
  source: 'Wang & Isola 2020, §4.1, t = 2',
  reads: HELD_OUT_VIEWS,
  unit: 'none',
  help: 'How evenly the directions of different samples lie on the sphere, as a mean over the views.',
  healthy: 'Towards −4 on a sphere of many dimensions; at 0 all rows point one way.',
  compute: ({ views }) => views && views.uniformity,
};
