import type { Graph, GraphNode, PortReference } from '../../graph/graph';
import { valueInputs } from '../../graph/topology';
import { passesGradient, traits } from './gradients';

/**
 * The value itself and those above it through which all passes that it can vary with: were one of them constant, the
 * value would be constant too. Noise and what no gradient passes count as sources of their own, as data does,
 * so nothing above them is decisive.
 */
export function decisiveValues(graph: Graph, value: PortReference): PortReference[] {
  const found: PortReference[] = [];
  // Walks from readers to sources; a value on which the whole frontier rests is decisive.
  const frontier = new Map<string, Set<string>>([[value.nodeId, new Set([value.port])]]);
  const start = graph.nodes.findIndex(({ id }) => id === value.nodeId);
  for (let index = start; index >= 0; index--) {
    const node = graph.nodes[index];
    const ports = node && frontier.get(node.id);
    if (!node || !ports) continue;
    if (frontier.size === 1 && ports.size === 1) {
      found.push(...[...ports].map((port) => ({ nodeId: node.id, port })));
    }
    if (isSource(node)) return found;
    frontier.delete(node.id);
    for (const { nodeId, port } of valueInputs(node)) {
      const pending = frontier.get(nodeId);
      if (pending) pending.add(port);
      else frontier.set(nodeId, new Set([port]));
    }
  }
  return found;
}

function isSource(node: GraphNode): boolean {
  return (
    valueInputs(node).length === 0 ||
    node.definition.category === 'latent' ||
    traits(node).corrupts === true ||
    !passesGradient(node)
  );
}
