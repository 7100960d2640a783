import type { Remedy, RemedyPort } from '../../../core/remedy';
import { nodeName } from '../../graph/elaborate';
import type { Graph } from '../../graph/graph';
import type { ComparedEnergy } from './lintRule';

/** A new term on what an energy compares, where a gradient gets from there to some module; null where none does. */
export function guardCompared(
  { sides, context }: ComparedEnergy,
  nodeKind: string,
  called: string,
): Remedy | null {
  const reads = sides
    .map(({ source }) => source)
    .filter(({ nodeId }) => context.learning.has(nodeId));
  return reads.length === 0 ? null : addTerm(context.graph, nodeKind, called, reads);
}

/** A new term on given values: all such kinds read them by their input `z`. */
export function addTerm(
  graph: Graph,
  nodeKind: string,
  called: string,
  reads: readonly RemedyPort[],
): Remedy {
  return {
    label: `Add ${called} on ${namesOf(graph, reads)}`,
    steps: [{ kind: 'addReader', nodeKind, input: 'z', reads }],
  };
}

/** “A”, “A” and “B”, or “A”, “B” and “C”; a node that is named twice is named once. */
export function namesOf(graph: Graph, ports: readonly RemedyPort[]): string {
  const names = [...new Set(ports.map(({ nodeId }) => nodeId))].flatMap((id) => {
    const node = graph.byId.get(id);
    return node ? [nodeName(node)] : [];
  });
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
