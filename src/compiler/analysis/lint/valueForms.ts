import { portKey, type GraphNode, type PortKey, type PortReference } from '../../graph/graph';
import { valueInputs } from '../../graph/topology';
import { traits } from './gradients';
import type { LintContext } from './lintContext';

/**
 * A number for each value, equal for values that are one function of the same data: branches that share weights.
 * Views and spans of what nothing has learned count as the data they come from, since a function that varies with the one
 * varies with the other.
 */
export function valueForms(context: LintContext): ReadonlyMap<PortKey, number> {
  const { graph, owners, learned } = context;
  const forms = new Map<PortKey, number>();
  const known = new Map<string, number>();
  const formOf = ({ nodeId, port }: PortReference): number =>
    forms.get(portKey(nodeId, port)) ?? -1;
  for (const node of graph.nodes) {
    const inputs = valueInputs(node);
    const [first, ...more] = inputs;
    const isView = node.definition.category === 'view' || traits(node).passes !== undefined;
    const sameAsInput =
      first !== undefined && more.length === 0 && isView && !learned.has(first.nodeId);
    for (const { name, type } of node.ports.outputs) {
      if (type === 'weights') continue;
      const key = portKey(node.id, name);
      if (sameAsInput) {
        forms.set(key, formOf(first));
        continue;
      }
      const text = JSON.stringify([functionOf(node, owners), name, inputs.map(formOf)]);
      const form = known.get(text) ?? known.size;
      known.set(text, form);
      forms.set(key, form);
    }
  }
  return forms;
}

/** What a node computes of its inputs: the same text for the same function. */
function functionOf(node: GraphNode, owners: LintContext['owners']): string {
  const owner = owners.get(node.id);
  if (owner !== undefined) return owner;
  const dataset = node.definition.dataset?.(node.params);
  if (dataset) return JSON.stringify(['data', dataset.id]);
  if (valueInputs(node).length === 0 || node.definition.category !== 'op') return node.id;
  return JSON.stringify([node.definition.kind, node.params]);
}
