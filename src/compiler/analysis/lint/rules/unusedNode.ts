import { nodeName } from '../../../graph/elaborate';
import { portKey, type Graph, type GraphNode } from '../../../graph/graph';
import { upstream } from '../../../graph/topology';
import { deleteWithReaders } from '../deleteNodes';
import type { Probe } from '../../probes';
import type { LintRule } from '../lintRule';
import { offered } from '../offered';

/** Categories that no objective depends on by their nature. */
const ASIDE: readonly string[] = ['note', 'weights'];

/**
 * A node that no energy or loss is computed from, no module whose weights others use, and nothing that only leads to a probe.
 * What a probe reads is trained elsewhere, so a module that leads to nothing else is of no use, unless its weights are those of another.
 */
export const unusedNode: LintRule = {
  on: 'graph',
  find: ({ graph, owners, probes }) => {
    const terms = graph.nodes.filter(({ ports }) =>
      ports.outputs.some(({ type }) => type === 'loss' || type === 'energy'),
    );
    if (terms.length === 0) return [];
    const givers = graph.nodes.filter((node) => givesWeights(graph, node));
    const used = upstream(
      graph,
      [...terms, ...givers].map(({ id }) => id),
    );
    const read = upstream(graph, probes.flatMap(probedNodes));
    return graph.nodes
      .filter(({ id }) => !read.has(id) || owners.get(id) === id)
      .filter(({ id, definition }) => !used.has(id) && !ASIDE.includes(definition.category))
      .map((node) => ({
        code: 'lint.unused-node',
        severity: 'info',
        nodeId: node.id,
        message: `${nodeName(node)} takes no part in the objective.`,
        // What a probe reads goes with the probe, which is the user's to say.
        ...(read.has(node.id) ? {} : offered(deleteWithReaders(graph, node))),
      }));
  },
};

function probedNodes({ source, target }: Probe): string[] {
  return target?.kind === 'numbers' ? [source.nodeId, target.source.nodeId] : [source.nodeId];
}

function givesWeights(graph: Graph, node: GraphNode): boolean {
  return node.ports.outputs.some(
    ({ name, type }) => type === 'weights' && graph.consumers.has(portKey(node.id, name)),
  );
}
