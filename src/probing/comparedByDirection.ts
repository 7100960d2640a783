import type { Analysis } from '../compiler/analysis/analysis';
import { portKey, type PortKey } from '../compiler/graph/graph';

/**
 * Tensor ports that an energy compares by direction only, whatever their length: the outputs of modules that reach it
 * with nothing between that has weights. Their offset from the origin counts, as the offset of nothing else does.
 */
export function comparedByDirection({ graph, owners }: Analysis): ReadonlySet<PortKey> {
  const found = new Set<PortKey>();
  const visit = (nodeId: string): void => {
    for (const sources of graph.byId.get(nodeId)?.inputs.values() ?? []) {
      for (const source of sources) {
        if (owners.has(source.nodeId)) found.add(portKey(source.nodeId, source.port));
        else visit(source.nodeId);
      }
    }
  };
  for (const { id, definition, params } of graph.nodes) {
    if (definition.traits?.(params).comparesDirections) visit(id);
  }
  return found;
}
