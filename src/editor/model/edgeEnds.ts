import type { BasinDocument, Position } from '../../document/schema';
import type { Views } from './buildViews';

/** Where the two ports of an edge are on the canvas; null where it is not drawn from node to node. */
export function edgeEnds(
  document: BasinDocument,
  { nodes, edges, hidden }: Views,
  edgeId: string,
): readonly [source: Position, target: Position] | null {
  const edge = edges.get(edgeId);
  if (!edge || hidden.has(edge.source) || hidden.has(edge.target)) return null;
  const place = (id: string, port: string, side: 'inputs' | 'outputs'): Position | null => {
    const position = document.nodes.find((node) => node.id === id)?.position;
    const offset = nodes.get(id)?.geometry[side][port];
    return position && offset ? { x: position.x + offset.x, y: position.y + offset.y } : null;
  };
  const source = place(edge.source, edge.sourcePort, 'outputs');
  const target = place(edge.target, edge.targetPort, 'inputs');
  return source && target ? [source, target] : null;
}
