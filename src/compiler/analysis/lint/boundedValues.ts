import { portKey, type GraphNode, type PortKey } from '../../graph/graph';
import { valueInputs } from '../../graph/topology';
import { traits, type Gradients } from './gradients';

/** Values whose capacity noise, a mask or a regularizer that acts on them limits. */
export function boundedValues(gradients: Gradients): Set<PortKey> {
  const { graph, acting } = gradients;
  const bounded = new Set<PortKey>();
  for (const node of graph.nodes) {
    const { boundsLatent = false, corrupts = false } = traits(node);
    if (boundsLatent || corrupts) {
      for (const { name } of node.ports.outputs) bounded.add(portKey(node.id, name));
    }
    if (!boundsLatent || !acting.has(node.id)) continue;
    // What a regularizer does to a value it does to what the value is a mere change of shape of.
    const reads = [...valueInputs(node)];
    for (let read = reads.pop(); read; read = reads.pop()) {
      const source = graph.byId.get(read.nodeId);
      if (!source || !canYield(source, gradients)) continue;
      bounded.add(portKey(read.nodeId, read.port));
      if (traits(source).passes === 'everything') reads.push(...valueInputs(source));
    }
  }
  return bounded;
}

/** Whether a regularizer can change the value: by inference, or through weights. */
function canYield(node: GraphNode, { learning }: Gradients): boolean {
  return learning.has(node.id) || Boolean(node.definition.free?.(node.params));
}
