import { nodeName } from '../../../graph/elaborate';
import { portKey, type Graph, type GraphNode } from '../../../graph/graph';
import { upstream } from '../../../graph/topology';
import { deleteWithReaders } from '../deleteNodes';
import type { LintRule } from '../lintRule';
import { offered } from '../offered';

/** Categories that no objective depends on by their nature. */
const ASIDE: readonly string[] = ['note', 'probe', 'weights'];

/** A node that no energy or loss is computed from, and no module whose weights others use. */
export const unusedNode: LintRule = {
  on: 'graph',
  find: ({ graph }) => {
    const terms = graph.nodes.filter(({ ports }) =>
      ports.outputs.some(({ type }) => type === 'loss' || type === 'energy'),
    );
    if (terms.length === 0) return [];
    const givers = graph.nodes.filter((node) => givesWeights(graph, node));
    const used = upstream(
      graph,
      [...terms, ...givers].map(({ id }) => id),
    );
    return graph.nodes
      .filter(({ id, definition }) => !used.has(id) && !ASIDE.includes(definition.category))
      .map((node) => ({
        code: 'lint.unused-node',
        severity: 'info',
        nodeId: node.id,
        message: `${nodeName(node)} takes no part in the objective.`,
        ...offered(deleteWithReaders(graph, node)),
      }));
  },
};

function givesWeights(graph: Graph, node: GraphNode): boolean {
  return node.ports.outputs.some(
    ({ name, type }) => type === 'weights' && graph.consumers.has(portKey(node.id, name)),
  );
}
