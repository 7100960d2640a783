import { invariant } from '../../../core/invariant';
import type { Remedy } from '../../../core/remedy';
import { nodeName } from '../../graph/elaborate';
import { portKey, type Graph, type GraphNode } from '../../graph/graph';

/**
 * Takes a node out, with those behind it that could not be without it. Null where that would take a term of the objective
 * along, or weights that others use.
 */
export function deleteWithReaders(graph: Graph, node: GraphNode): Remedy | null {
  const gone = new Set([node.id]);
  // The set grows while it is walked.
  for (const id of gone) {
    const current = graph.byId.get(id);
    invariant(current, `node ${id}`);
    for (const { name } of current.ports.outputs) {
      for (const { nodeId, port } of graph.consumers.get(portKey(id, name)) ?? []) {
        const reader = graph.byId.get(nodeId);
        const input = reader?.ports.inputs.find((other) => other.name === port);
        if (!reader || !input || input.optional === true || gone.has(nodeId)) continue;
        const sources = reader.inputs.get(port) ?? [];
        if (sources.some((source) => !gone.has(source.nodeId))) continue;
        gone.add(nodeId);
      }
    }
  }
  const nodes = [...gone].flatMap((id) => graph.byId.get(id) ?? []);
  if (nodes.some((one) => isTerm(one) || weightsAreUsed(graph, one, gone))) return null;
  const [, second, ...more] = nodes;
  const behind = !second
    ? ''
    : more.length === 0
      ? ` and ${nodeName(second)} behind it`
      : ` and ${more.length + 1} nodes behind it`;
  return {
    label: `Delete ${nodeName(node)}${behind}`,
    steps: [{ kind: 'delete', nodeIds: [...gone] }],
  };
}

function isTerm({ ports }: GraphNode): boolean {
  return ports.outputs.some(({ type }) => type === 'loss' || type === 'energy');
}

function weightsAreUsed(graph: Graph, node: GraphNode, gone: ReadonlySet<string>): boolean {
  return node.ports.outputs
    .filter(({ type }) => type === 'weights')
    .flatMap(({ name }) => graph.consumers.get(portKey(node.id, name)) ?? [])
    .some(({ nodeId }) => !gone.has(nodeId));
}
