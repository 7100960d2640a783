import type { RepresentationStatistic } from '../measuredRepresentation';
import { HELD_OUT_VIEWS } from '../reads';

export const alignment: RepresentationStatistic<number | null> = {
  title: 'Alignment',
  heading: 'Alignment',
  symbol: String.raw`\ell_\mathrm{align}`,
  formula: String.raw`\tfrac1N \sum_n \lVert \hat z_n - \hat z'_n \rVert^2, \quad \hat z = z / \lVert z \rVert`,
  source: 'Wang & Isola 2020, §4.1, α = 2',
  reads: HELD_OUT_VIEWS,
  unit: 'none',
  help: 'How far apart the directions of two views of a sample are.',
  healthy:
    'Small, beside a uniformity that is well below 0: what has collapsed is aligned as well.',
  compute: ({ views }) => views && views.alignment,
};
