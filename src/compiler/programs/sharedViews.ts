import { sameShape } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { portKey, type GraphNode, type PortKey } from '../graph/graph';
import { upstream, valueInputs } from '../graph/topology';

/**
 * Outputs of modules that see views of one sample through the same weights, by each of them: same owner of the weights,
 * same port and type, the same data sets above, and not the same input.
 */
export function sharedViews(analysis: Analysis): ReadonlyMap<PortKey, readonly PortKey[]> {
  const { graph, owners, types } = analysis;
  const groups: { readonly port: string; readonly members: GraphNode[] }[] = [];
  for (const node of graph.nodes) {
    if (!owners.has(node.id) || node.definition.category !== 'module') continue;
    for (const { name, type } of node.ports.outputs) {
      if (type !== 'tensor') continue;
      const group = groups.find(
        ({ port, members: [first] }) => port === name && first && areViews(first, node, name),
      );
      if (!group) groups.push({ port: name, members: [node] });
      else if (group.members.every((member) => readsOther(member, node))) group.members.push(node);
    }
  }
  return new Map(
    groups
      .filter(({ members }) => members.length > 1)
      .flatMap(({ port, members }) => {
        const keys = members.map(({ id }) => portKey(id, port));
        return keys.map((key) => [key, keys] as const);
      }),
  );

  function areViews(one: GraphNode, other: GraphNode, port: string): boolean {
    const [a, b] = [types.get(portKey(one.id, port)), types.get(portKey(other.id, port))];
    return (
      owners.get(one.id) === owners.get(other.id) &&
      a !== undefined &&
      b !== undefined &&
      a.time === b.time &&
      sameShape(a.shape, b.shape) &&
      dataAbove(one) === dataAbove(other)
    );
  }

  function dataAbove(node: GraphNode): string {
    const ids = [...upstream(graph, [node.id])].flatMap((id) => {
      const above = graph.byId.get(id);
      return above?.definition.dataset?.(above.params).id ?? [];
    });
    return [...new Set(ids)].sort().join();
  }
}

function readsOther(one: GraphNode, other: GraphNode): boolean {
  const inputs = (node: GraphNode): string =>
    valueInputs(node)
      .map(({ nodeId, port }) => portKey(nodeId, port))
      .join();
  return inputs(one) !== inputs(other);
}
