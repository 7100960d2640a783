import type { Analysis } from '../compiler/analysis/analysis';
import { metricName } from '../compiler/metrics';
import type { SeriesInfo } from './seriesInfo';

/**
 * The curves of a run of this graph: the objective, its terms in order, each with what its functional reports beside, how well
 * online probes predict the batch, the norm of the gradient, and the learning rate by its schedule.
 */
export function seriesOf({ objective, graph, probes }: Analysis): readonly SeriesInfo[] {
  const terms = objective.flatMap(({ nodeId, label, weightParameter }): SeriesInfo[] => {
    const definition = graph.byId.get(nodeId)?.definition;
    const of = { nodeId, category: definition?.category ?? null };
    const parts = (definition?.functional?.reports ?? []).map((name): SeriesInfo => ({
      name: metricName({ kind: 'part', nodeId, name }),
      label: `${label}: ${name}`,
      role: 'part',
      ...of,
    }));
    return [
      {
        name: metricName({ kind: 'term', nodeId }),
        // The curves of terms add up to the total; the node itself shows its plain value.
        label: weightParameter === null ? label : `λ·${label}`,
        role: 'term',
        ...of,
      },
      ...parts,
    ];
  });
  return [
    {
      name: metricName({ kind: 'loss' }),
      label: 'Total',
      role: 'total',
      nodeId: null,
      category: null,
    },
    ...terms,
    ...probes
      .filter(({ contract }) => contract.online)
      .map(({ node, target }): SeriesInfo => ({
        name: metricName({ kind: 'probe', nodeId: node.id }),
        label: `${node.label}: ${target?.kind === 'numbers' ? 'R²' : 'accuracy'} in training`,
        role: 'part',
        nodeId: node.id,
        category: 'probe',
      })),
    {
      name: metricName({ kind: 'gradNorm' }),
      label: 'Gradient norm',
      role: 'gradient',
      nodeId: null,
      category: null,
    },
    {
      name: metricName({ kind: 'learningRate' }),
      label: 'Learning rate',
      role: 'rate',
      nodeId: null,
      category: null,
    },
  ];
}

/** The curves of a run under the labels that their nodes have by now; those of nodes that are gone keep theirs. */
export function relabelSeries(
  series: readonly SeriesInfo[],
  analysis: Analysis,
): readonly SeriesInfo[] {
  const labels = new Map(seriesOf(analysis).map(({ name, label }) => [name, label]));
  const relabelled = series.map((one) => {
    const label = labels.get(one.name) ?? one.label;
    return label === one.label ? one : { ...one, label };
  });
  return relabelled.every((one, index) => one === series[index]) ? series : relabelled;
}
