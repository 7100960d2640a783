import type { DatasetSpec } from '../../graph/nodeDefinition';
import type { Graph, GraphNode } from './graph';
import { downstream, upstream } from './topology';

/** The data set whose rows are the samples of a free variable: the one that its energies read; null where they read several, or none. */
export function seenData(graph: Graph, variable: GraphNode): DatasetSpec | null {
  const below = variable.ports.outputs.flatMap(({ name }) => [
    ...downstream(graph, { nodeId: variable.id, port: name }),
  ]);
  const sets = new Map<string, DatasetSpec>();
  for (const id of upstream(graph, below)) {
    const node = graph.byId.get(id);
    const dataset = node?.definition.dataset?.(node.params);
    if (dataset) sets.set(dataset.id, dataset);
  }
  const [only, ...more] = sets.values();
  return only && more.length === 0 ? only : null;
}
