import { defined } from '../../core/invariant';
import { portKey, type Graph, type GraphNode, type PortKey, type PortReference } from './graph';

/** A loss functional with what it contrasts. */
export interface Contrasted {
  readonly functional: GraphNode;
  /** The energy that it reads, and the node that gives it. */
  readonly energy: PortReference;
  readonly energyNode: GraphNode;
  /** Null for a functional without contrastive points. */
  readonly negative: Negatives | null;
}

/** Where contrastive points come from, and what they stand for. */
export interface Negatives {
  readonly sampler: GraphNode;
  /** The value y that ŷ replaces. */
  readonly observed: PortReference;
  readonly key: PortKey;
}

/** The loss functionals of a graph whose inputs are connected. */
export function contrasts(graph: Graph): Contrasted[] {
  return graph.nodes.flatMap((functional): Contrasted[] => {
    if (!functional.definition.functional) return [];
    const energy = functional.inputs.get('energy')?.[0];
    if (!energy) return [];
    const takes = functional.ports.inputs.some(({ type }) => type === 'negative');
    const negative = negativesOf(graph, functional);
    if (takes && !negative) return [];
    const energyNode = defined(graph.byId.get(energy.nodeId), 'node of an energy');
    return [{ functional, energy, energyNode, negative }];
  });
}

function negativesOf(graph: Graph, functional: GraphNode): Negatives | null {
  const from = functional.inputs.get('negative')?.[0];
  const sampler = from && graph.byId.get(from.nodeId);
  const observed = sampler?.inputs.get('y')?.[0];
  if (!sampler || !observed) return null;
  return { sampler, observed, key: portKey(observed.nodeId, observed.port) };
}
