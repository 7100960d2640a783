import type { Analysis } from '../../compiler/analysis/analysis';
import { metricName } from '../../compiler/metrics';
import type { SeriesInfo } from '../../panels/run/runStore';

/** The curves of a run of this graph: the objective, its terms in order, and the norm of the gradient. */
export function seriesOf({ objective, graph }: Analysis): readonly SeriesInfo[] {
  const terms = objective.map(({ nodeId, label, weightParameter }): SeriesInfo => ({
    name: metricName({ kind: 'term', nodeId }),
    // The curves add up to the total; the node itself shows its plain value.
    label: weightParameter === null ? label : `λ·${label}`,
    role: 'term',
    nodeId,
    category: graph.byId.get(nodeId)?.definition.category ?? null,
  }));
  return [
    {
      name: metricName({ kind: 'loss' }),
      label: 'Total',
      role: 'total',
      nodeId: null,
      category: null,
    },
    ...terms,
    {
      name: metricName({ kind: 'gradNorm' }),
      label: 'Gradient norm',
      role: 'gradient',
      nodeId: null,
      category: null,
    },
  ];
}
