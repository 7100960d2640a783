import type { PortReference } from '../../compiler/graph/graph';

/** What the canvas library calls a port of a box: the port inside. Ids of nodes have no dots. */
export function innerHandle(nodeId: string, port: string): string {
  return `${nodeId}.${port}`;
}

/** The port that a handle of the canvas stands for: its node's own, or one inside the box of a collapsed group. */
export function portOfHandle(
  boxes: ReadonlyMap<string, unknown>,
  itemId: string,
  handleId: string,
): PortReference {
  if (!boxes.has(itemId)) return { nodeId: itemId, port: handleId };
  const dot = handleId.indexOf('.');
  return { nodeId: handleId.slice(0, dot), port: handleId.slice(dot + 1) };
}
