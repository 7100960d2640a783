import { formatTensorType } from '../../graph/ports';
import { formatShape } from '../../ir/types';
import type { Analysis } from './analysis';
import { portKey } from '../graph/graph';

/**
 * The elaborated graph as text, in topological order: each node with its inputs, the types of its outputs and its
 * weights, then the objective.
 */
export function printGraph({ graph, types, owners, weights, averages, formula }: Analysis): string {
  const lines = graph.nodes.map((node) => {
    const inputs = [...node.inputs].map(
      ([port, sources]) =>
        `${port}=${sources.map(({ nodeId, port: output }) => portKey(nodeId, output)).join('+')}`,
    );
    const outputs = node.ports.outputs
      .filter(({ type }) => type !== 'weights')
      .map(({ name, type }) => {
        const tensor = types.get(portKey(node.id, name));
        return `${name}: ${tensor ? formatTensorType(tensor) : type === 'tensor' ? '?' : type}`;
      });
    const owner = owners.get(node.id);
    const own = owner === node.id ? (weights.get(owner) ?? []) : [];
    const average = averages.get(node.id);
    const parameters = average
      ? [`average of the weights of ${average.source}`]
      : owner !== undefined && owner !== node.id
        ? [`weights of ${owner}`]
        : own.map(({ name, shape }) => `${name} ${formatShape(shape)}`);
    return [
      `${node.id} = ${node.definition.kind}(${inputs.join(', ')}) -> ${outputs.join(', ') || '–'}`,
      ...(parameters.length > 0 ? [`  ${parameters.join(', ')}`] : []),
    ].join('\n');
  });
  return `${[...lines, formula.text].join('\n')}\n`;
}
