import type { Graph, GraphNode, PortKey, PortReference } from './graph';
import { topologicalOrder } from './topology';

export interface WithoutProbes {
  /** The graph as if no probe were in it. */
  readonly model: Graph;
  /** In the document's order. */
  readonly probes: readonly GraphNode[];
}

/**
 * Takes the probes out of a graph. What is trained, inferred and judged is asked of the rest, so that a probe cannot change
 * any of it, nor the order in which weights and terms stand.
 */
export function setProbesAside(graph: Graph): WithoutProbes {
  const { byId, edges, consumers } = graph;
  const isProbe = (nodeId: string): boolean => byId.get(nodeId)?.definition.probe !== undefined;
  const probes = [...byId.values()].filter(({ id }) => isProbe(id));
  if (probes.length === 0) return { model: graph, probes };
  const nodes = [...byId.values()].filter(({ id }) => !isProbe(id));
  const readers = new Map<PortKey, readonly PortReference[]>();
  for (const [key, list] of consumers) {
    const others = list.filter(({ nodeId }) => !isProbe(nodeId));
    if (others.length > 0) readers.set(key, others);
  }
  const model: Graph = {
    nodes: topologicalOrder(nodes),
    byId: new Map(nodes.map((node) => [node.id, node])),
    edges: edges.filter(({ target }) => !isProbe(target)),
    consumers: readers,
  };
  return { model, probes };
}
