import type { FreeVariable } from '../../graph/inferenceStrategy';
import type { Graph, GraphNode } from './graph';

/** Nodes whose value inference finds. */
export function freeVariables(graph: Graph): GraphNode[] {
  return graph.nodes.filter(freeVariable);
}

/** What inference is to find of a node, or null. */
export function freeVariable(node: GraphNode): FreeVariable | null {
  return node.definition.free?.(node.params) ?? null;
}

export function freePort(node: GraphNode): string {
  return freeVariable(node)?.port ?? '';
}

/** Whether it can be said how far from a minimum its inference ends. */
export function seeksMinimum(node: GraphNode): boolean {
  return freeVariable(node)?.search.seeksMinimum === true;
}
