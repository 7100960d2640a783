import { invariant } from '../../core/invariant';
import type { Analysis } from './analysis';
import { portKey } from '../graph/graph';

/**
 * Checks what every later step relies on, for an analysis without errors: sources come before their readers, references
 * lead to ports of the right type, every tensor output has a type, every module has weights. Throws on a broken invariant.
 */
export function verifyGraph(analysis: Analysis): void {
  const { graph, types, owners, weights, averages, objective } = analysis;
  const seen = new Set<string>();
  for (const node of graph.nodes) {
    const { id, definition, inputs, ports } = node;
    invariant(graph.byId.get(id) === node, `${id} is indexed under its id`);
    for (const port of ports.inputs) {
      const sources = inputs.get(port.name) ?? [];
      invariant(port.optional || sources.length > 0, `input ${id}.${port.name} is fed`);
      invariant(port.variadic || sources.length <= 1, `input ${id}.${port.name} takes one edge`);
      for (const { nodeId, port: output } of sources) {
        const source = graph.byId.get(nodeId)?.ports.outputs.find(({ name }) => name === output);
        invariant(source?.type === port.type, `${nodeId}.${output} fits ${id}.${port.name}`);
        invariant(port.type === 'weights' || seen.has(nodeId), `${nodeId} comes before ${id}`);
      }
    }
    for (const { name, type } of ports.outputs) {
      invariant(type !== 'tensor' || types.has(portKey(id, name)), `${id}.${name} has a type`);
    }
    const owner = owners.get(id);
    invariant(!definition.weights || owner !== undefined, `module ${id} has an owner of weights`);
    invariant(
      owner === undefined || weights.has(owner) || averages.has(owner),
      `${owner} owns weights`,
    );
    seen.add(id);
  }
  for (const { nodeId, port, kind } of objective) {
    const output = graph.byId.get(nodeId)?.ports.outputs.find(({ name }) => name === port);
    invariant(output?.type === kind, `the term ${nodeId}.${port} is of type ${kind}`);
  }
}
