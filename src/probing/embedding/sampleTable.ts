import type { Analysis } from '../../compiler/analysis/analysis';
import type { GraphNode } from '../../compiler/graph/graph';
import { upstream } from '../../compiler/graph/topology';
import { loadData } from '../../compiler/programs/loadData';
import { columnPicture } from '../../compiler/programs/pictureSources';
import { success, type Result } from '../../core/result';
import type { DatasetSpec } from '../../graph/nodeDefinition';
import { sampleSize } from '../../graph/ports';
import type { LandscaperOptions } from '../landscape/landscapeModel';
import type { SampleColumn, SampleTable } from './embeddingFrame';

/** The data set that a node's values are of: what it is computed from, or else what the graph observes first. */
export function datasetOf({ graph }: Analysis, nodeId: string): DatasetSpec | null {
  const above = upstream(graph, [nodeId]);
  const specs = (nodes: readonly GraphNode[]): DatasetSpec[] =>
    nodes.flatMap(({ definition, params }) => definition.dataset?.(params) ?? []);
  return specs(graph.nodes.filter(({ id }) => above.has(id)))[0] ?? specs(graph.nodes)[0] ?? null;
}

/** All of a data set's held-out samples, to say what a point is; null where there is no data. Fails when it cannot be loaded. */
export async function sampleTable(
  analysis: Analysis,
  nodeId: string,
  { asset, cache }: LandscaperOptions,
): Promise<Result<SampleTable | null>> {
  const dataset = datasetOf(analysis, nodeId);
  if (!dataset) return success(null);
  const { seed } = analysis.training;
  const requests = Object.keys(dataset.columns).map((column) => ({
    ...{ name: column, dataset, column, split: 'heldOut' as const },
  }));
  const loaded = await loadData(requests, cache ? { seed, asset, cache } : { seed, asset });
  if (!loaded.ok) return loaded;
  const { arrays, labels } = loaded.value;
  return success({
    dataset: dataset.id,
    columns: Object.entries(dataset.columns).map(([name, type]): SampleColumn => ({
      ...{ name, size: sampleSize(type), time: type.time, picture: columnPicture(dataset, name) },
      // A copy, since it is sent away.
      values: Float32Array.from(arrays.get(name) ?? []),
    })),
    labels: labels.get(dataset.id)?.heldOut.slice() ?? null,
  });
}
