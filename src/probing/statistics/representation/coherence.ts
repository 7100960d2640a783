import type { RepresentationStatistic } from '../measuredRepresentation';
import { HELD_OUT_ROWS } from '../reads';

export const coherence: RepresentationStatistic<number | null> = {
  title: 'Coherence',
  heading: 'Coherence',
  symbol: String.raw`\mu`,
  formula: String.raw`\tfrac{N}{d} \max_i \lVert u_i \rVert^2, \quad Z = U \Sigma V^\top, \; U \in \mathbb{R}^{N \times d}`,
  source: 'Candès & Recht 2009, §1.2; Tsitsulin, Munkhoeva & Perozzi 2023, §3',
  reads: HELD_OUT_ROWS,
  unit: 'none',
  help: 'How much of the d directions that the rows span hangs on a single row.',
  healthy: 'Near 1 all rows carry alike; near N/d some direction is that of one row alone.',
  compute: ({ leverages, rank }) =>
    rank === 0
      ? null
      : (leverages.length / rank) * leverages.reduce((most, one) => Math.max(most, one), 0),
};
